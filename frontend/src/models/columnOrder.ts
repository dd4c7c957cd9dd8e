import { tokenize, type Token } from "./logsql";

/** The pipes that say which columns there are; those after them only change rows, or add columns. */
const NAMING = new Set(["stats", "stats_remote", "by", "fields", "keep", "top", "uniq", "count_by"]);

/**
 * The names of a result's columns in the order of its query: what it groups by, then what it computes or lists. A name may
 * be one that the query does not have, such as `count()` for the server's `count(*)`; see {@link inOrder}.
 *
 * @param functions names of stats functions, which begin a stats pipe without its name
 */
export function columnOrder(query: string, functions: ReadonlySet<string> = new Set()): string[] {
  const pipe = pipesOf(query).findLast(([first]) => first && (NAMING.has(first.text) || functions.has(first.text)));
  if (!pipe) return [];
  const names: string[] = [];
  const rest = pipe[0] && /^(?:stats|stats_remote|fields|keep|uniq|top)$/.test(pipe[0].text) ? pipe.slice(1) : pipe;
  for (const part of partsOf(rest)) {
    let own = part;
    const at = own.findIndex(({ text }) => text === "by");
    const open = own.slice(at + 1).findIndex(({ text }) => text === "(") + at + 1;
    if (at >= 0 && open > at) {
      const close = closing(own, open);
      names.push(...named(own.slice(0, at)));
      for (const group of partsOf(own.slice(open + 1, close))) names.push(...plain(group.slice(0, 1)));
      own = own.slice(close + 1);
    }
    names.push(...named(own));
  }
  return names;
}

/** An alias stands after the call, or after its condition; a function without one names its column itself. */
function named(tokens: readonly Token[]): string[] {
  const last = tokens.at(-1);
  return last?.text === ")" ? called(tokens) : plain(last && last.kind !== "number" ? [last] : []);
}

/** Names sorted as the query has them; others follow in the order they have. */
export function inOrder(names: readonly string[], order: readonly string[]): string[] {
  const wanted = order.map(bare);
  const rank = (name: string) => {
    const at = order.indexOf(name);
    const alike = at < 0 ? wanted.indexOf(bare(name)) : at;
    return alike < 0 ? order.length : alike;
  };
  return names
    .map((name, index) => ({ name, index, rank: rank(name) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ name }) => name);
}

/** `count(*)` is `count()`; blanks and quotes do not count. */
const bare = (name: string) => name.replace(/[\s"'`]/g, "").replace("(*)", "()");

function pipesOf(query: string): Token[][] {
  const pipes: Token[][] = [];
  let depth = 0;
  for (const token of tokenize(query)) {
    if (token.kind === "space" || token.kind === "comment") continue;
    if (token.kind === "open") depth++;
    else if (token.kind === "close") depth--;
    if (token.kind === "pipe" && depth === 0) pipes.push([]);
    else pipes.at(-1)?.push(token);
  }
  return pipes;
}

function partsOf(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === "open") depth++;
    else if (token.kind === "close") depth--;
    if (token.kind === "comma" && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]?.kind === "open") depth++;
    else if (tokens[at]?.kind === "close" && --depth === 0) return at;
  }
  return tokens.length;
}

const plain = (tokens: readonly Token[]) => tokens.map(({ text }) => text.replace(/^(["'`])(.*)\1$/, "$2"));

/** The call without its condition, as one text. */
function called(tokens: readonly Token[]): string[] {
  const open = tokens.findIndex(({ kind }) => kind === "open");
  return open < 0
    ? []
    : [
        tokens
          .slice(0, closing(tokens, open) + 1)
          .map(({ text }) => text)
          .join(""),
      ];
}
