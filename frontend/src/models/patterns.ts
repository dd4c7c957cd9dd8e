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
