import { HighlightStyle, StreamLanguage, syntaxHighlighting, type StreamParser } from "@codemirror/language";
import { tags } from "@lezer/highlight";
import { tokenize, type TokenKind } from "../../models/logsql";

const STYLE: Record<TokenKind, string | null> = {
  space: null,
  comment: "comment",
  string: "string",
  word: null,
  number: "number",
  operator: "operator",
  pipe: "separator",
  open: "bracket",
  close: "bracket",
  comma: null,
  keyword: "keyword",
  field: "propertyName",
};

interface State {
  line: string;
  ends: { to: number; style: string | null }[];
}

/** Highlights a line with the console's own tokenizer; strings do not span lines. */
const parser: StreamParser<State> = {
  name: "logsql",
  startState: () => ({ line: "", ends: [] }),
  token(stream, state) {
    if (stream.sol() || state.line !== stream.string) {
      state.line = stream.string;
      state.ends = tokenize(stream.string).map(({ to, kind }) => ({ to, style: STYLE[kind] }));
    }
    const next = state.ends.find(({ to }) => to > stream.pos);
    if (next) stream.pos = next.to;
    else stream.skipToEnd();
    return next?.style ?? null;
  },
  tokenTable: { separator: tags.separator },
};

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--accent)" },
  { tag: tags.string, color: "var(--level-warn)" },
  { tag: tags.keyword, color: "var(--level-fatal)" },
  { tag: tags.number, color: "var(--level-info)" },
  { tag: tags.operator, color: "var(--muted)" },
  { tag: tags.bracket, color: "var(--muted)" },
  { tag: tags.separator, color: "var(--level-fatal)", fontWeight: "700" },
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
]);

export const logsql = [StreamLanguage.define(parser), syntaxHighlighting(colours)];
