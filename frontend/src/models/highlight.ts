import { pipePositions, tokenize, type Token } from "./logsql";

/** More alternatives make a slow expression, and a page of nothing but marks. */
const MOST_TERMS = 40;
/** A repeated group that itself repeats, which browsers, unlike the server, may take forever to match. */
const NESTED = /\([^)]*[+*}][^)]*\)[+*{]/;
const LETTER = "[\\p{L}\\p{N}_]";

interface Term {
  source: string;
  ignoreCase: boolean;
}

/**
 * An expression for the parts of a message that a query's words, phrases and patterns match, as far as that can be told
 * without the server; `undefined` where the query has none. It is global.
 */
export function highlightOf(query: string): RegExp | undefined {
  const end = pipePositions(query)[0] ?? query.length;
  const tokens = tokenize(query.slice(0, end)).filter(({ kind }) => kind !== "space" && kind !== "comment");
  const terms = termsOf(tokens).slice(0, MOST_TERMS);
  if (terms.length === 0) return undefined;
  const insensitive = terms.every(({ ignoreCase }) => ignoreCase);
  const sources = terms.map(({ source, ignoreCase }) => (ignoreCase && !insensitive ? inAnyCase(source) : source));
  return compiled(sources, insensitive ? "giu" : "gu");
}

/** An expression for a text that is searched for as it is, in any case. */
export function textPattern(text: string): RegExp | undefined {
  return text === "" ? undefined : compiled([escaped(text)], "giu");
}

function compiled(sources: readonly string[], flags: string): RegExp | undefined {
  const usable = sources.filter((source) => {
    if (NESTED.test(source)) return false;
    try {
      return !new RegExp(source, flags).test("");
    } catch {
      return false;
    }
  });
  return usable.length === 0 ? undefined : new RegExp(usable.map((source) => `(?:${source})`).join("|"), flags);
}

function termsOf(tokens: readonly Token[]): Term[] {
  const terms: Term[] = [];
  /** For each open bracket, whether its contents are looked at, and in any case. */
  const stack: { skipped: boolean; ignoreCase: boolean; group: boolean }[] = [];
  let negated = false;
  let elsewhere = false;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) continue;
    const inside = stack[stack.length - 1];
    const next = tokens[index + 1];
    const skipped = negated || elsewhere || (inside?.skipped ?? false);
    if (token.kind === "open") {
      const name = tokens[index - 1]?.text.toLowerCase() ?? "";
      const ignoreCase = name === "i" || (inside?.ignoreCase ?? false);
      stack.push({ skipped: skipped || token.text !== "(", ignoreCase, group: token.text === "(" });
      negated = elsewhere = false;
    } else if (token.kind === "close") {
      stack.pop();
    } else if (token.text === "-" || token.text === "!" || token.text.toLowerCase() === "not") {
      negated = !negated;
    } else if (token.kind === "field") {
      elsewhere = token.text !== "_msg" && token.text !== '"_msg"';
    } else if (token.kind === "operator") {
      if (/!/.test(token.text)) negated = !negated;
    } else if (
      token.kind === "word" ||
      token.kind === "string" ||
      token.kind === "number" ||
      token.kind === "keyword"
    ) {
      // The name of a function; a group stands apart from the word before it.
      if (next?.text === "(" && next.from === token.to) continue;
      const regexp = /~$/.test(tokens[index - 1]?.text ?? "");
      const joins = token.kind === "keyword" && /^(?:and|or)$/i.test(token.text);
      if (!skipped && !joins) {
        const source = regexp ? contentOf(token) : wordSource(token, next);
        if (source !== undefined && source !== "") terms.push({ source, ignoreCase: inside?.ignoreCase ?? false });
      }
      negated = elsewhere = false;
    }
  }
  return terms;
}

function contentOf({ text }: Token): string {
  if (text.startsWith('"')) {
    try {
      return String(JSON.parse(text));
    } catch {
      return text.slice(1, -1);
    }
  }
  return text.startsWith("`") || text.startsWith("'") ? text.slice(1, -1) : text;
}

/** A whole word or phrase; one with an asterisk may go on. */
function wordSource(token: Token, next: Token | undefined): string | undefined {
  const open = token.kind !== "string" && token.text.endsWith("*");
  const content = open ? token.text.slice(0, -1) : contentOf(token);
  if (content === "") return undefined;
  const prefix = open || (token.kind === "string" && next?.text === "*" && next.from === token.to);
  const before = /^[\p{L}\p{N}_]/u.test(content) ? `(?<!${LETTER})` : "";
  const after = !prefix && /[\p{L}\p{N}_]$/u.test(content) ? `(?!${LETTER})` : "";
  return `${before}${escaped(content)}${after}`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** A source for one part of an expression that is otherwise sensitive to case. */
function inAnyCase(source: string): string {
  return source.replace(
    /(\\p\{\w\})|(\\.)|(\p{L})/gu,
    (all: string, named?: string, other?: string, letter?: string) =>
      named !== undefined || other !== undefined || letter === undefined
        ? all
        : `[${letter.toLowerCase()}${letter.toUpperCase()}]`,
  );
}

/** A text in pieces; every second one is a match. */
export function pieces(text: string, pattern: RegExp | undefined): string[] {
  if (!pattern) return [text];
  const found: string[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (match[0] === "") continue;
    found.push(text.slice(at, match.index), match[0]);
    at = match.index + match[0].length;
  }
  found.push(text.slice(at));
  return found;
}
