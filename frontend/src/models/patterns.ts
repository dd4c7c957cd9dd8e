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

/** The longest literal stretch of a template, on whole words: what to search for to find its records. Empty when it has none. */
export function searchablePart(pattern: string): string {
  const literals = patternParts(pattern)
    .filter(({ variable }) => !variable)
    // A word that touches a placeholder may go on in it, so it is not known whole.
    .map(({ text }) => text.replace(/^\w+/, (word) => (pattern.startsWith(text) ? word : "")).replace(/\w+$/, (word) => (pattern.endsWith(text) ? word : "")))
    .map((text) => text.replace(/^\W+|\W+$/g, ""));
  return literals.reduce((longest, text) => (text.length > longest.length ? text : longest), "");
}
