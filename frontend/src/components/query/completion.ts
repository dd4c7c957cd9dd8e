import {
  pickedCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { fieldNames, fieldValues, type Asked } from "../../api/query";
import type { LanguageEntry, LanguageReference, ValueHits } from "../../api/types";
import { formatCount } from "../../models/format";
import { equals, fieldName, quote } from "../../models/queryEdit";
import { queryAround, wantedAt, type Wanted } from "./completionContext";

const VALUES_SHOWN = 50;
const KEPT_MS = 30_000;
/** The pause in typing before the server is asked for values with this prefix. */
const PAUSE_MS = 150;
/** Longer values are not suggested. */
const VALUE_SHOWN = 120;

/** Operators suggested after a field's colon, beside values and the filters that the server lists. */
const OPERATORS = [
  { name: '=""', summary: "has exactly this value", example: 'app:="nginx"' },
  { name: '~""', summary: "matches a regular expression", example: 'path:~"^/api/v[12]"' },
  { name: '*""*', summary: "contains this text, also within words", example: '_msg:*"time"*' },
];

type Range = Omit<Asked, "query">;
type Documented = Pick<LanguageEntry, "name" | "summary" | "example">;

/** Caches answers for a while, so that not every keystroke sends a request. */
function remembered(): (key: string, load: () => Promise<ValueHits[]>) => Promise<ValueHits[]> {
  const kept = new Map<string, { at: number; answer: Promise<ValueHits[]> }>();
  return (key, load) => {
    const old = kept.get(key);
    if (old && Date.now() - old.at < KEPT_MS) return old.answer;
    // Suggestions are a convenience: an endpoint that fails or does not exist suggests nothing.
    const answer = load().catch(() => []);
    kept.set(key, { at: Date.now(), answer });
    return answer;
  };
}

/** Suggests fields and values from the records that the range and the query around the cursor select, pipes and functions. */
export function completions(
  range: () => Range,
  language: () => LanguageReference,
): (context: CompletionContext) => Promise<CompletionResult | null> {
  const memory = remembered();
  return async (context) => {
    const text = context.state.doc.toString();
    const wanted = wantedAt(text, context.pos);
    if (!wanted) return null;
    const { from, prefix, kind } = wanted;
    if (kind === "value")
      return { from, options: [...(await values(context, wanted, text)), ...filters(language(), wanted)] };
    if (prefix === "" && !context.explicit && kind === "field") return null;
    if (kind === "pipe") return { from, options: documented(language().pipes, "keyword") };
    if (kind === "function")
      return {
        from,
        options: [
          ...documented(language().functions, "function", "()"),
          { label: "by", apply: "by (", type: "keyword", detail: "groups", boost: 1 },
        ],
      };
    const names = await memory("n", () => fieldNames({ ...range(), query: "*" }));
    const colon = wanted.filtering && context.state.sliceDoc(context.pos, context.pos + 1) !== ":" ? ":" : "";
    return { from, options: names.map((name) => fieldOption(name, colon)) };
  };

  /** The most frequent values first; where the list was incomplete, also asks for values with the typed prefix. */
  async function values(
    context: CompletionContext,
    { field, fieldFrom, prefix }: Wanted & { kind: "value" },
    text: string,
  ): Promise<Completion[]> {
    const around = queryAround(text, fieldFrom, context.pos);
    const load = (query: string) =>
      memory(`v ${field} ${query}`, () => fieldValues({ ...range(), query }, field, VALUES_SHOWN));
    let found = await load(around);
    // The text around the cursor may not be a valid query yet.
    if (found.length === 0 && around !== "*") found = await load("*");
    if (prefix !== "" && found.length >= VALUES_SHOWN) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      if (context.aborted) return [];
      const begun = await load(`${equals(field, prefix)}*`);
      found = [...begun, ...found.filter(({ value }) => !begun.some((one) => one.value === value))];
    }
    return (
      found
        .filter(({ value }) => value !== "" && value.length <= VALUE_SHOWN)
        // Equally good matches would be sorted by name.
        .map((value, index) => ({ ...valueOption(value), boost: VALUES_SHOWN - Math.min(index, VALUES_SHOWN) }))
    );
  }
}

function filters({ filters: known }: LanguageReference, { bare, quoted }: Wanted & { kind: "value" }): Completion[] {
  if (!bare || quoted) return [];
  const options = [...documented(OPERATORS, "function"), ...documented(known, "function", "()", "()")];
  return options.map((option) => ({ ...option, boost: -50 }));
}

function fieldOption({ value, hits }: ValueHits, colon: string): Completion {
  return { label: value, apply: fieldName(value) + colon, type: "property", detail: formatCount(hits) };
}

function valueOption({ value, hits }: ValueHits): Completion {
  const plain = /^[A-Za-z0-9_][\w.-]*$/.test(value);
  return { label: value, apply: plain ? value : quote(value), type: "constant", detail: formatCount(hits) };
}

/** Suggestions with a summary each, and with an example of the selected one. `shown` follows a name in the list, `after` in the query. */
function documented(entries: readonly Documented[], type: string, after = "", shown = ""): Completion[] {
  return entries.map(({ name, summary, example }) => ({
    label: name + shown,
    detail: summary,
    info: example,
    type,
    apply: insertion(name + after),
  }));
}

/** Inserts a name with its brackets or quotes and puts the cursor between them. */
function insertion(text: string): Completion["apply"] {
  const inner = /(?:\(\)|"")$/.test(text) ? 1 : 0;
  return (view, completion, from, to) =>
    view.dispatch({
      changes: { from, to, insert: text },
      selection: { anchor: from + text.length - inner },
      annotations: pickedCompletion.of(completion),
      userEvent: "input.complete",
    });
}
