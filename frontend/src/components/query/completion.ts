import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { fieldNames, fieldValues, type Asked } from "../../api/query";
import type { ValueHits } from "../../api/types";
import { formatCount } from "../../models/format";
import { fieldName, quote } from "../../models/queryEdit";
import { FUNCTION_NAMES, PIPE_NAMES, wantedAt } from "./completionContext";

const VALUES_SHOWN = 50;
const KEPT_MS = 30_000;

/** Remembers answers for a while, so that typing on does not ask again with every letter. */
function remembered(): (key: string, load: () => Promise<ValueHits[]>) => Promise<ValueHits[]> {
  const kept = new Map<string, { at: number; answer: Promise<ValueHits[]> }>();
  return (key, load) => {
    const old = kept.get(key);
    if (old && Date.now() - old.at < KEPT_MS) return old.answer;
    // Suggestions are a convenience: an endpoint that fails or does not exist yet suggests nothing.
    const answer = load().catch(() => []);
    kept.set(key, { at: Date.now(), answer });
    return answer;
  };
}

/** Suggests fields, their values, pipes and stats functions, as found in the records of the range that `asked` names. */
export function completions(asked: () => Omit<Asked, "query">): (context: CompletionContext) => Promise<CompletionResult | null> {
  const memory = remembered();
  return async (context) => {
    const wanted = wantedAt(context.state.doc.toString(), context.pos);
    if (!wanted) return null;
    const { from, prefix, kind } = wanted;
    if (kind === "value") {
      const values = await memory(`v ${wanted.field}`, () => fieldValues({ ...asked(), query: "*" }, wanted.field, VALUES_SHOWN));
      return { from, options: values.filter(({ value }) => value !== "").map(valueOption), filter: true };
    }
    if (prefix === "" && !context.explicit && kind === "field") return null;
    if (kind === "pipe") return { from, options: named(PIPE_NAMES, "keyword") };
    if (kind === "function") return { from, options: [...named(FUNCTION_NAMES, "function"), ...named(["by"], "keyword")] };
    const names = await memory("n", () => fieldNames({ ...asked(), query: "*" }));
    const colon = wanted.filtering && context.state.sliceDoc(context.pos, context.pos + 1) !== ":" ? ":" : "";
    return { from, options: names.map((name) => fieldOption(name, colon)) };
  };
}

function fieldOption({ value, hits }: ValueHits, colon: string): Completion {
  return { label: value, apply: fieldName(value) + colon, type: "property", detail: formatCount(hits) };
}

function valueOption({ value, hits }: ValueHits): Completion {
  const plain = /^[A-Za-z0-9_][\w.-]*$/.test(value);
  return { label: value, apply: plain ? value : quote(value), type: "constant", detail: formatCount(hits) };
}

function named(names: readonly string[], type: string): Completion[] {
  return names.map((label) => ({ label, type }));
}
