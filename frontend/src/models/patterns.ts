import { quote } from "./queryEdit";

export interface PatternPart {
  text: string;
  variable: boolean;
}

/** A template split at its placeholders (`<*>`, `<N>`, `<IP4>`, …). */
export function patternParts(pattern: string): PatternPart[] {
  return pattern
    .split(/(<[*A-Za-z_0-9]+>)/)
    .filter((text) => text !== "")
    .map((text) => ({ text, variable: /^<[*A-Za-z_0-9]+>$/.test(text) }));
}

/** More literal parts would make the filter unreadable and hardly narrower. */
const MOST_PHRASES = 6;

/**
 * The filter for a template's records: its literal parts, on whole words, in order. Other records with the same words
 * match, too. `undefined` for a template without literal words.
 */
export function patternFilter(pattern: string): string | undefined {
  const parts = patternParts(pattern);
  const phrases = parts
    .map(({ text, variable }, index) => {
      if (variable) return "";
      // A word next to a placeholder may be only part of a word.
      const from = index === 0 ? text : text.replace(/^[\p{L}\p{N}_]+/u, "");
      const whole = index === parts.length - 1 ? from : from.replace(/[\p{L}\p{N}_]+$/u, "");
      return whole.replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, "");
    })
    .filter((text) => text !== "");
  if (phrases.length === 0) return undefined;
  const kept = phrases.length <= MOST_PHRASES ? phrases : longest(phrases);
  return kept.length === 1 ? quote(kept[0] ?? "") : `seq(${kept.map(quote).join(", ")})`;
}

function longest(phrases: readonly string[]): string[] {
  const least = [...phrases].sort((a, b) => b.length - a.length)[MOST_PHRASES - 1]?.length ?? 0;
  return phrases.filter(({ length }) => length >= least).slice(0, MOST_PHRASES);
}

/** The filter for a template's records with a value of the variable number `place`, among those written `<*>`. */
export function valueFilter(pattern: string, place: number, value: string): string | undefined {
  let at = 0;
  return patternFilter(pattern.replaceAll("<*>", (whole) => (at++ === place ? value : whole)));
}

/** What a variable of a template stands for, by its value in the example. */
export type VariableKind = "number" | "time" | "address" | "id" | "text";

const KINDS: readonly (readonly [VariableKind, RegExp])[] = [
  ["time", /^\[?(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[T ].*)?|\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?Z?)\]?$/],
  ["address", /^\[?(?:\d{1,3}(?:\.\d{1,3}){3}|(?=(?:[^:]*:){2})[\da-f:]+)\]?(?:[:/]\d+)?$/i],
  ["number", /^[-+]?\d+(?:[.,]\d+)*(?:%|[nuµm]?s|m|min|h|d|[kmgt]?i?b)?$/i],
  ["id", /^(?:0x)?(?=[^\d]*\d)[\da-f-]{6,}$/i],
];

/** Placeholders that say themselves what they stand for. */
const NAMED: Readonly<Record<string, VariableKind>> = {
  "<N>": "number",
  "<TIME>": "time",
  "<DATE>": "time",
  "<DATETIME>": "time",
  "<IP4>": "address",
  "<UUID>": "id",
};

/** A variable of a template: its kind, and its value in the example where one fits. */
export interface Variable {
  kind: VariableKind;
  value: string | undefined;
}

/** The variables of a template in order, by one of its messages. */
export function variablesOf(pattern: string, example = ""): Variable[] {
  const values = variableValues(pattern, example);
  return patternParts(pattern)
    .filter(({ variable }) => variable)
    .map(({ text }, index) => ({ kind: NAMED[text] ?? kindOf(values?.[index] ?? ""), value: values?.[index] }));
}

/** The kind of a value; `text` for what is none of the others. */
export function kindOf(value: string): VariableKind {
  return KINDS.find(([, shape]) => shape.test(value))?.[0] ?? "text";
}

/**
 * The values of a template's variables in one of its messages, in order; `undefined` where the message is not one of
 * the template. Each value ends where the text after it begins first.
 */
export function variableValues(pattern: string, message: string): string[] | undefined {
  const parts = patternParts(pattern);
  const values: string[] = [];
  let at = 0;
  for (const [index, { text, variable }] of parts.entries()) {
    if (!variable) {
      if (!message.startsWith(text, at)) return undefined;
      at += text.length;
      continue;
    }
    const next = parts[index + 1];
    // The last text stands at the end, however often it occurs before.
    const isLast = index + 2 === parts.length && message.endsWith(next?.text ?? "");
    const end =
      next === undefined
        ? message.length
        : isLast
          ? message.length - next.text.length
          : next.variable
            ? at
            : message.indexOf(next.text, at);
    if (end < at) return undefined;
    values.push(message.slice(at, end));
    at = end;
  }
  return at === message.length ? values : undefined;
}

/** A pipe that takes a template's variables out of its messages, and the fields that it sets. */
export interface Extract {
  pipe: string;
  fields: string[];
}

/**
 * The extraction of a template's variables into fields named by their kinds, such as
 * `extract "took <number_1> ms by <text_1>"`. `undefined` without variables, or where nothing tells two of them apart.
 */
export function extractOf(pattern: string, example?: string): Extract | undefined {
  const parts = patternParts(pattern);
  if (parts.some(({ variable }, index) => variable && parts[index + 1]?.variable === true)) return undefined;
  const variables = variablesOf(pattern, example);
  if (variables.length === 0) return undefined;
  const fields = variables.map(({ kind }, index) => {
    const before = variables.slice(0, index).filter((other) => other.kind === kind);
    return `${kind}_${before.length + 1}`;
  });
  let place = 0;
  const text = parts.map((part) => (part.variable ? `<${fields[place++] ?? ""}>` : escaped(part.text))).join("");
  return { pipe: `extract ${quote(text)}`, fields };
}

/** Text of a pattern of `extract`, where angle brackets set fields apart. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
