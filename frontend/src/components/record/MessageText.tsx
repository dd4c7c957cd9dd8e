import "./message.css";
import { memo, useContext } from "react";
import { ansiSpans, hasAnsi, type AnsiSpan } from "../../models/ansi";
import { pieces } from "../../models/highlight";
import { HighlightContext, type Highlights } from "./highlightContext";

/** A text from a record, with terminal colours shown and matches marked. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  const marks = useContext(HighlightContext);
  if (!hasAnsi(text)) return <Marked text={text} marks={marks} />;
  return ansiSpans(text).map((span, index) => (
    <span key={index} className={classOf(span)}>
      <Marked text={span.text} marks={marks} />
    </span>
  ));
});

function classOf({ color, background, bold, faint, italic, underline }: AnsiSpan): string {
  return [
    color !== undefined && `ansi-${color}`,
    background !== undefined && `ansi-on-${background}`,
    bold && "ansi-bold",
    faint && "ansi-faint",
    italic && "ansi-italic",
    underline && "ansi-underline",
  ]
    .filter((name) => name !== false && name !== undefined)
    .join(" ");
}

function Marked({ text, marks: { query, find } }: { text: string; marks: Highlights }) {
  if (!query && !find) return text;
  return pieces(text, find).map((part, index) =>
    index % 2 === 1 ? (
      <mark key={index} className="found">
        {part}
      </mark>
    ) : (
      pieces(part, query).map((inner, at) => (at % 2 === 1 ? <mark key={`${index}.${at}`}>{inner}</mark> : inner))
    ),
  );
}
