/** A LogsQL tokenizer for editing. It never fails; parsing and errors are left to the server. */

export type TokenKind =
  | "space"
  | "comment"
  | "string"
  | "word"
  | "number"
  | "operator"
  | "pipe"
  | "open"
  | "close"
  | "comma"
  | "keyword"
  | "field";

export interface Token {
  kind: TokenKind;
  text: string;
  from: number;
  to: number;
}

const KEYWORDS = new Set(["and", "or", "not", "by", "as", "if", "asc", "desc", "in"]);
const WORD = /[^\s()[\]{}|,:!=<>~"'`*]+\*?|\*/y;
const OPERATOR = /:(?:!=|!~|>=|<=|=|~|>|<|!)?|!=|!~|>=|<=|[=<>~!]/y;

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const add = (kind: TokenKind, to: number) => {
    tokens.push({ kind, text: text.slice(at, to), from: at, to });
    at = to;
  };
  while (at < text.length) {
    const char = text.charAt(at);
    if (/\s/.test(char)) add("space", endOf(/\s+/y, text, at));
    else if (char === "#") add("comment", endOf(/#[^\n]*/y, text, at));
    else if (char === '"' || char === "'" || char === "`") add("string", endOfString(text, at));
    else if (char === "|") add("pipe", at + 1);
    else if ("([{".includes(char)) add("open", at + 1);
    else if (")]}".includes(char)) add("close", at + 1);
    else if (char === ",") add("comma", at + 1);
    else if (OPERATOR_START.includes(char)) add("operator", endOf(OPERATOR, text, at));
    else if (char === "-" && /[\w("'`{]/.test(text.charAt(at + 1)) && startsFilter(tokens)) add("operator", at + 1);
    else add("word", endOf(WORD, text, at));
  }
  return name(tokens);
}

const OPERATOR_START = ":!=<>~";

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? Math.max(pattern.lastIndex, at + 1) : at + 1;
}

/** A leading minus negates a filter; inside a word or after an operator it is part of the text. */
function startsFilter(tokens: Token[]): boolean {
  const last = tokens[tokens.length - 1];
  return last === undefined || last.kind === "space" || last.kind === "open" || last.kind === "pipe";
}

function endOfString(text: string, from: number): number {
  const quote = text.charAt(from);
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "\\" && quote !== "`") at++;
    else if (char === quote) return at + 1;
  }
  return text.length;
}

/** Classifies words by their neighbours: a field precedes a colon, a pipe's name follows a bar. */
function name(tokens: Token[]): Token[] {
  let previous: Token | undefined;
  let piped = false;
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if ((token.kind === "word" || token.kind === "string") && next?.text.startsWith(":")) token.kind = "field";
    else if (token.kind === "word") {
      if (previous?.kind === "pipe") token.kind = "keyword";
      else if (KEYWORDS.has(token.text.toLowerCase()) && !previous?.text.startsWith(":")) token.kind = "keyword";
      else if (piped && next?.text === "(") token.kind = "keyword";
      else if (/^[+-]?\d[\d._]*(?:ns|µs|us|ms|s|m|h|d|w|y|KB|MB|GB|TB|KiB|MiB|GiB|TiB|B)?$/.test(token.text))
        token.kind = "number";
    }
    piped ||= token.kind === "pipe";
    if (token.kind !== "space" && token.kind !== "comment") previous = token;
  });
  return tokens;
}

/** Positions of the bars outside brackets and strings. */
export function pipePositions(text: string): number[] {
  let depth = 0;
  const found: number[] = [];
  for (const token of tokenize(text)) {
    if (token.kind === "open") depth++;
    else if (token.kind === "close") depth = Math.max(0, depth - 1);
    else if (token.kind === "pipe" && depth === 0) found.push(token.from);
  }
  return found;
}

/** The filter of a query, without its pipes; `*` when there is none. */
export function filterPart(query: string): string {
  const first = pipePositions(query)[0];
  return closed((first === undefined ? query : query.slice(0, first)).trim()) || "*";
}

/** Text to which more can be added: one that ends in a comment gets a line break. */
export function closed(text: string): string {
  return tokenize(text).at(-1)?.kind === "comment" ? `${text}\n` : text;
}

/** The names of a query's pipes, in order. */
export function pipeNames(query: string): string[] {
  return pipePositions(query).map((at) => /^\s*([\w]*)/.exec(query.slice(at + 1))?.[1]?.toLowerCase() ?? "");
}

/** Pipes that compute new rows; `by` begins a stats pipe without its name. */
const COMPUTING = new Set([
  "stats",
  "stats_remote",
  "by",
  "top",
  "uniq",
  "facets",
  "field_names",
  "field_values",
  "block_stats",
  "blocks_count",
  "generate_sequence",
  "query_stats",
]);

/**
 * True when a query's rows are results computed from records and no longer records.
 *
 * @param functions names of stats functions, each of which may begin a stats pipe without its name
 */
export function isAggregation(query: string, functions: ReadonlySet<string>): boolean {
  return pipeNames(query).some((pipe) => COMPUTING.has(pipe) || functions.has(pipe));
}

/** True when a query asks for fields other than the message, which are read best as a table. */
export function asksForFields(query: string): boolean {
  const at = pipePositions(query).findLast((position) => /^\|\s*(?:fields|keep)\s/.test(query.slice(position)));
  if (at === undefined) return false;
  const next = pipePositions(query).find((position) => position > at) ?? query.length;
  const names = query
    .slice(at, next)
    .replace(/^\|\s*\w+/, "")
    .split(",")
    .map((name) => name.trim());
  return !names.some((name) => name === "_msg" || name === "*");
}
