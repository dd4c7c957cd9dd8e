import { quote } from "./queryEdit";

export interface PatternPart {
  text: string;
  variable: boolean;
}

/** A template cut at its placeholders (`<*>`, `<N>`, `<IP4>`, …), which stand for what varies. */
export function patternParts(pattern: string): PatternPart[] {
  return pattern
    .split(/(<[*A-Za-z_0-9]+>)/)
    .filter((text) => text !== "")
    .map((text) => ({ text, variable: /^<[*A-Za-z_0-9]+>$/.test(text) }));
}

/** More stretches than this make a filter longer than anybody reads, and hardly a narrower one. */
const MOST_PHRASES = 6;

/**
 * The filter for a template's records: its literal stretches, on whole words, in their order. Other records with the same words
 * between other things match, too. Nothing for a template without a word of its own.
 */
export function patternFilter(pattern: string): string | undefined {
  const parts = patternParts(pattern);
  const phrases = parts
    .map(({ text, variable }, index) => {
      if (variable) return "";
      // A word that touches a placeholder may go on in it, so it is not known whole.
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
