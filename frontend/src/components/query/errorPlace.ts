import type { Problem } from "../../api/http";

/** The range of a query that an error points at: from its line and column (counted from 1) to the end of the word there. */
export function errorPlace(query: string, problem: Problem): { from: number; to: number } | undefined {
  if (problem.column === undefined) return undefined;
  const lines = query.split("\n");
  const line = Math.min(Math.max(problem.line ?? 1, 1), lines.length);
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const lineEnd = start + (lines[line - 1]?.length ?? 0);
  const from = Math.min(start + Math.max(problem.column - 1, 0), lineEnd);
  const word = /^[\w.]+|^\S/.exec(query.slice(from, lineEnd))?.[0].length ?? 0;
  // At the end of the text, only the character before can be underlined.
  return word > 0 ? { from, to: from + word } : { from: Math.max(start, from - 1), to: from };
}
