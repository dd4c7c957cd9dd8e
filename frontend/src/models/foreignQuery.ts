import { tokenize, type Token } from "./logsql";

const OPERATORS: Readonly<Record<string, string>> = {
  "=": ":=",
  "==": ":=",
  "!=": ":!=",
  "=~": ":~",
  "~": ":~",
  "!~": ":!~",
  ">=": ":>=",
  "<=": ":<=",
  ">": ":>",
  "<": ":<",
};

/**
 * A query of another language that this one accepts, but reads as something else: `status >= 500` looks for the word
 * "status" in a message that is at least 500. Returns what was probably meant, or `undefined`.
 */
export function meantQuery(query: string): string | undefined {
  const native = withoutSql(withoutLineFilters(query)).replace(/@timestamp\b/g, "_time");
  const tokens = tokenize(native).filter(({ kind }) => kind !== "comment");
  let text = "";
  let at = 0;
  // Pipes other than filters, and stream selectors, have operators of their own.
  let filters = true;
  let braces = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token?.kind === "pipe") filters = /^(?:filter|where)$/.test(nextWord(tokens, at));
    if (token?.text === "{") braces++;
    else if (token?.text === "}") braces--;
    const found = filters && braces === 0 ? comparisonAt(tokens, at) : undefined;
    text += found?.text ?? tokens[at]?.text ?? "";
    at = found?.next ?? at + 1;
  }
  return text === query ? undefined : text;
}

/** `{app="x"} |= "error" |~ "e.*"` of Loki. */
function withoutLineFilters(query: string): string {
  return query.replace(
    /\s*(\|=|\|~|!=|!~)\s*("(?:[^"\\]|\\.)*"|`[^`]*`)/g,
    (whole, operator: string, text: string, from: number) =>
      operator.startsWith("|") || /(?:\}|"|`)\s*$/.test(query.slice(0, from))
        ? ` ${operator.startsWith("!") ? "-" : ""}${operator.endsWith("~") ? "~" : ""}${text}`
        : whole,
  );
}

/** The condition of `SELECT … FROM … WHERE …`. */
function withoutSql(query: string): string {
  const found =
    /^\s*select\s.*?\sfrom\s+\S+(?:\s+where\s+(.*?))?(?:\s+(?:group|order)\s+by\s.*|\s+limit\s.*)?;?\s*$/is.exec(query);
  return found ? (found[1] ?? "*") : query;
}

const nextWord = (tokens: readonly Token[], at: number) =>
  tokens.slice(at + 1).find(({ kind }) => kind !== "space")?.text ?? "";

/** A word, an operator without its colon, and a value. */
function comparisonAt(tokens: readonly Token[], at: number): { text: string; next: number } | undefined {
  const field = tokens[at];
  if (field?.kind !== "word" || tokens[at - 1]?.text.startsWith(":")) return undefined;
  let next = at + 1;
  const skip = () => {
    while (tokens[next]?.kind === "space") next++;
  };
  skip();
  let operator = "";
  while (tokens[next]?.kind === "operator") operator += tokens[next++]?.text ?? "";
  const colon = OPERATORS[operator];
  if (colon === undefined) return undefined;
  skip();
  const value = tokens[next];
  if (!value || !/^(?:word|number|string)$/.test(value.kind)) return undefined;
  const now = field.text === "_time" ? /^now-(\w+)$/.exec(value.text) : null;
  return { text: now ? `_time:${now[1]}` : `${field.text}${colon}${value.text}`, next: next + 1 };
}
