import { filterPart, pipePositions, tokenize, type Token } from "../../models/logsql";

/** What can be completed at the cursor, and where the text to replace begins. */
export type Wanted =
  /** `filtering`: the field begins a filter, so a colon follows its name; in a pipe it stands alone. */
  | { kind: "field"; from: number; prefix: string; filtering: boolean }
  /** `fieldFrom`: where the whole filter begins; `bare`: only a colon precedes the value. */
  | { kind: "value"; from: number; prefix: string; field: string; fieldFrom: number; quoted: boolean; bare: boolean }
  | { kind: "pipe"; from: number; prefix: string }
  | { kind: "function"; from: number; prefix: string };

/** Decides by the tokens before the cursor; `undefined` where there is nothing to suggest, as within a string. */
export function wantedAt(text: string, cursor: number): Wanted | undefined {
  const tokens = tokenize(text.slice(0, cursor)).filter(({ kind }) => kind !== "comment");
  const last = tokens[tokens.length - 1];
  const typing = last && isText(last) ? last : undefined;
  const before = tokens.slice(0, typing ? -1 : undefined).filter(({ kind }) => kind !== "space");
  const previous = before[before.length - 1];
  const from = typing?.from ?? cursor;
  const prefix = typing?.text ?? "";
  if (previous?.kind === "operator" && previous.text.startsWith(":") && adjacent(tokens, typing, previous)) {
    const field = before[before.length - 2];
    if (field) {
      const bare = previous.text === ":";
      return {
        kind: "value",
        from,
        prefix: unquoted(prefix),
        field: unquoted(field.text),
        fieldFrom: field.from,
        quoted: prefix.startsWith('"'),
        bare,
      };
    }
  }
  if (typing?.kind === "string") return undefined;
  const pipe = lastPipe(before);
  if (pipe === undefined) return { kind: "field", from, prefix, filtering: true };
  if (previous?.kind === "pipe") return { kind: "pipe", from, prefix };
  const inBrackets = previous?.kind === "open" || previous?.kind === "comma";
  if (pipe === "stats" && !inBrackets) return { kind: "function", from, prefix };
  if (pipe === "stats" && previous?.kind === "comma" && depth(before) === 0) return { kind: "function", from, prefix };
  return { kind: "field", from, prefix, filtering: pipe === "filter" };
}

function isText(token: Token): boolean {
  return (
    token.kind === "word" ||
    token.kind === "number" ||
    token.kind === "keyword" ||
    token.kind === "string" ||
    token.kind === "field"
  );
}

function adjacent(tokens: readonly Token[], typing: Token | undefined, previous: Token): boolean {
  return typing ? typing.from === previous.to : tokens[tokens.length - 1] === previous;
}

function unquoted(text: string): string {
  return text.replace(/^["'`]|["'`]$/g, "");
}

/** The name of the pipe at the cursor, or `undefined` within the filter part. */
function lastPipe(tokens: readonly Token[]): string | undefined {
  for (let i = tokens.length - 1; i >= 0; i--) {
    if (tokens[i]?.kind === "pipe") return tokens[i + 1]?.text.toLowerCase() ?? "";
  }
  return undefined;
}

function depth(tokens: readonly Token[]): number {
  return tokens.reduce((level, { kind }) => level + (kind === "open" ? 1 : kind === "close" ? -1 : 0), 0);
}

/** The query without the filter at the cursor. It selects the records whose values are suggested. */
export function queryAround(text: string, fieldFrom: number, cursor: number): string {
  const first = pipePositions(text)[0] ?? text.length;
  if (fieldFrom > first) return filterPart(text);
  const rest = /^[^\s()|]*/.exec(text.slice(cursor))?.[0].length ?? 0;
  const before = text.slice(0, fieldFrom).replace(/(?:-|!|\b(?:not|and|or)\s*)+$/i, "");
  const after = text.slice(Math.min(first, cursor + rest), first).replace(/^\s*(?:and|or)\b/i, "");
  return `${before.trimEnd()} ${after.trimStart()}`.trim() || "*";
}
