import { pipePositions, tokenize } from "./logsql";

export interface Edited {
  text: string;
  caret: number;
}

/**
 * The query with the stage at a position made a comment, on a line of its own, or made a stage again; `undefined` at the
 * filters, without which there is no query.
 */
export function toggleStage(query: string, at: number): Edited | undefined {
  const tokens = tokenize(query);
  const comment = tokens.find(
    ({ kind, text, from, to }) => kind === "comment" && from <= at && at <= to && /^#\s*\|/.test(text),
  );
  if (comment) {
    const text = comment.text.replace(/^#\s*/, "");
    const shorter = comment.text.length - text.length;
    return {
      text: query.slice(0, comment.from) + text + query.slice(comment.to),
      caret: Math.max(comment.from, at - shorter),
    };
  }
  const bars = pipePositions(query);
  const index = bars.findLastIndex((bar) => bar <= at);
  const from = bars[index];
  if (from === undefined) return undefined;
  const next = bars[index + 1] ?? query.length;
  const inside = tokens.filter((token) => token.from >= from && token.to <= next);
  // Comments after the stage are not a part of it: they may be stages that were switched off.
  const end = inside.findLast(({ kind }) => kind !== "space" && kind !== "comment")?.to ?? from + 1;
  const body = query.slice(from, end);
  const split = inside.some(
    ({ kind, text, to }) => to <= end && (kind === "comment" || (kind === "string" && text.includes("\n"))),
  );
  const commented = `# ${split ? body.replaceAll("\n", "\n# ") : body.replace(/\s*\n\s*/g, " ")}`;
  const before = query.slice(0, from).trimEnd();
  const after = query.slice(end);
  const rest = after.trim() === "" ? "" : /^[ \t]*\n/.test(after) ? after : `\n${after.trimStart()}`;
  const start = before === "" ? 0 : before.length + 1;
  return {
    text: `${before}${before === "" ? "" : "\n"}${commented}${rest}`,
    caret: start + 2 + Math.min(at - from, commented.length - 2),
  };
}
