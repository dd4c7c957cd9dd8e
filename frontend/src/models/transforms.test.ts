import { describe, expect, it } from "vitest";
import type { Row } from "../api/types";
import { ACTIONS, newTransform, shownOption, stageRows, transformBody, withChoices, withOption } from "./transforms";

describe("newTransform", () => {
  it("starts with something that works, under a name of its own", () => {
    const first = newTransform("sample", []);
    expect(first).toMatchObject({ name: "sample", action: "sample", options: { oneOf: 10 } });
    expect(newTransform("sample", [first]).name).toBe("sample 2");
  });

  it("has for each action all that it requires, except what it cannot know", () => {
    const lacking = Object.entries(ACTIONS)
      .filter(([, { options, start }]) => options.some(({ name, required }) => required && !(name in start)))
      .map(([action]) => action);
    expect(lacking).toEqual(["route", "plugin"]);
  });
});

describe("options", () => {
  it("shows patterns as pairs, and sends them as the server has them", () => {
    const redact = withOption(newTransform("redact", []), "patterns", { iban: "[A-Z]{2}\\d{20}" });
    expect(redact.options?.patterns).toEqual([{ name: "iban", expression: "[A-Z]{2}\\d{20}" }]);
    expect(shownOption(redact, "patterns")).toEqual({ iban: "[A-Z]{2}\\d{20}" });
    expect(withOption(redact, "patterns", undefined).options).not.toHaveProperty("patterns");
  });

  it("offers what is known, and keeps what is set", () => {
    const [type] = ACTIONS.plugin!.options;
    const set = withOption(newTransform("plugin", []), "type", "gone");
    expect(withChoices(type!, ["upper_case"], newTransform("plugin", [])).choices).toEqual(["upper_case"]);
    expect(withChoices(type!, ["upper_case"], set).choices).toEqual(["upper_case", "gone"]);
    expect(withChoices(type!, [], set).choices).toBeUndefined();
  });

  it("sends nothing that is empty", () => {
    expect(transformBody({ name: " a ", filter: " * ", action: "drop", enabled: true, options: {} })).toEqual({
      name: "a",
      action: "drop",
    });
  });
});

describe("stageRows", () => {
  const stage = { name: "s", in: 2, selected: 1, out: 2, dropped: 0, errors: 0, redacted: {}, millis: 1 };

  it("puts changed records first, with what changed", () => {
    const before: Row[] = [{ _msg: "a" }, { _msg: "b", x: "1" }];
    expect(stageRows(before, { ...stage, records: [{ _msg: "a" }, { _msg: "B", y: "2" }] })).toEqual([
      {
        row: { _msg: "B", y: "2" },
        changes: [
          { name: "_msg", before: "b", after: "B" },
          { name: "x", before: "1", after: undefined },
          { name: "y", before: undefined, after: "2" },
        ],
      },
      { row: { _msg: "a" }, changes: [] },
    ]);
  });

  it("does not pair records where some are gone", () => {
    expect(stageRows([{ _msg: "a" }, { _msg: "b" }], { ...stage, out: 1, records: [{ _msg: "b" }] })).toEqual([
      { row: { _msg: "b" } },
    ]);
  });
});
