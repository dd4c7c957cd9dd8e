import { describe, expect, it } from "vitest";
import { toggleStage } from "./stageComment";

/** Toggles the stage at the caret, `^`, and shows where the caret is then. */
function toggled(marked: string): string | undefined {
  const at = marked.indexOf("^");
  const edited = toggleStage(marked.replace("^", ""), at);
  return edited && `${edited.text.slice(0, edited.caret)}^${edited.text.slice(edited.caret)}`;
}

describe("toggleStage", () => {
  it.each([
    ["error | sort^ by (_time) | limit 5", "error\n# | sort^ by (_time)\n| limit 5"],
    ["error\n# | sort^ by (_time)\n| limit 5", "error\n| sort^ by (_time)\n| limit 5"],
    ["error | limit^ 5", "error\n# | limit^ 5"],
    ["error\n| stats by (app)\n  count() n ^", "error\n# | stats by (app) count() n^"],
    ["error\n| limit 5^\n# | sort by (n)", "error\n# | limit 5^\n# | sort by (n)"],
    ["error\n| x ^# why\ny\n| limit 5", "error\n# | x ^# why\n# y\n| limit 5"],
  ])("turns %j into %j", (before, after) => expect(toggled(before)).toBe(after));

  it.each(["err^or | limit 5", '"|^"', "a # why^"])("leaves filters alone: %j", (query) =>
    expect(toggled(query)).toBeUndefined(),
  );
});
