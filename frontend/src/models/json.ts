export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** Longer texts are not parsed: their tree would be slow, and nobody reads it. */
const MOST_PARSED = 500_000;

/** The object or array that a text is, or that follows its beginning (`request: {…}`); `undefined` where there is none. */
export function jsonIn(text: string): { before: string; value: Json } | undefined {
  if (text.length > MOST_PARSED) return undefined;
  const at = text.search(/[{[]/);
  if (at < 0 || !/[}\]]\s*$/.test(text)) return undefined;
  try {
    const value = JSON.parse(text.slice(at)) as Json;
    const size = typeof value === "object" && value !== null ? Object.keys(value).length : 0;
    return size > 0 ? { before: text.slice(0, at), value } : undefined;
  } catch {
    return undefined;
  }
}

/** The entries of an object or array with their names; `undefined` for a plain value. */
export function entriesOf(value: Json): [string, Json][] | undefined {
  return typeof value === "object" && value !== null ? Object.entries(value) : undefined;
}
