import "./record.css";
import { memo } from "react";
import type { Row } from "../../api/types";
import { levelClass } from "../../models/levels";
import { formatCount } from "../../models/format";
import { clip, firstLine, levelText, rowTime, sourceOf } from "../../models/record";

/** Characters shown of a message: more than fits any screen, few enough for the browser to render quickly. */
const LINE_SHOWN = 1_000;
const WRAPPED_SHOWN = 4_000;
/** Characters kept of a column's value; the cell shows about twenty of them, its tooltip all. */
const COLUMN_SHOWN = 500;

interface Props {
  row: Row;
  withDate?: boolean;
  columns?: readonly string[];
  wrap?: boolean;
}

/** A record on one line: time, level, sender, chosen columns, message. */
export const RecordLine = memo(function RecordLine({ row, withDate = false, columns = [], wrap = false }: Props) {
  const message = row._msg ?? "";
  const { text: line, more } = wrap ? { text: message, more: 0 } : firstLine(message);
  const { text, left } = clip(line, wrap ? WRAPPED_SHOWN : LINE_SHOWN);
  const source = sourceOf(row);
  return (
    <>
      <span className="cell-time" title={row._time}>
        {rowTime(row, withDate)}
      </span>
      <span className={`cell-level ${levelClass(row.level)}`}>{levelText(row.level)}</span>
      <span className="cell-source" title={source}>
        {source}
      </span>
      {columns.map((name) => {
        const value = clip(row[name] ?? "", COLUMN_SHOWN).text;
        return (
          <span key={name} className="cell-column" title={`${name}: ${value}`}>
            {value}
          </span>
        );
      })}
      <span className="cell-message">
        {text}
        {left > 0 && <span className="cell-more">+{formatCount(left)} characters</span>}
        {more > 0 && (
          <span className="cell-more">
            +{more} {more === 1 ? "line" : "lines"}
          </span>
        )}
      </span>
    </>
  );
});
