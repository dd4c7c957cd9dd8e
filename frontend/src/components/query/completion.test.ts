import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { expect, it } from "vitest";
import type { LanguageReference } from "../../api/types";
import { serve } from "../../testing/server";
import { completions } from "./completion";

const entry = (name: string) => ({ name, aliases: [], syntax: name, summary: `does ${name}`, example: `${name} x` });
const LANGUAGE: LanguageReference = { pipes: [entry("top")], functions: [entry("avg")], filters: [entry("seq")] };

async function suggested(query: string, language: LanguageReference) {
  serve({});
  const context = new CompletionContext(EditorState.create({ doc: query }), query.length, true);
  const result = await completions(
    () => ({}),
    () => language,
  )(context);
  return result?.options.map(({ label, detail }) => [label, detail]);
}

it("suggests the pipes, functions and filters that the server names", async () => {
  expect(await suggested("* | ", LANGUAGE)).toEqual([["top", "does top"]]);
  expect(await suggested("* | stats ", LANGUAGE)).toContainEqual(["avg", "does avg"]);
  expect(await suggested("_msg:", LANGUAGE)).toContainEqual(["seq()", "does seq"]);
});

it("suggests operators without a language reference", async () => {
  const nothing = { pipes: [], functions: [], filters: [] };
  expect(await suggested("* | ", nothing)).toEqual([]);
  expect((await suggested("_msg:", nothing))?.map(([label]) => label)).toEqual(['=""', '~""', '*""*']);
});
