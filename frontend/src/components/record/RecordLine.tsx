import "./record.css";
import { memo } from "react";
import type { Row } from "../../api/types";
import { levelClass } from "../../models/levels";
import { firstLine, levelText, rowTime, sourceOf } from "../../models/record";

interface Props {
  row: Row;
  withDate?: boolean;
  columns?: readonly string[];
  wrap?: boolean;
}

/** A record on one line: time, level, sender, chosen columns, message. */
export const RecordLine = memo(function RecordLine({ row, withDate = false, columns = [], wrap = false }: Props) {
  const message = row._msg ?? "";
  const { text, more } = wrap ? { text: message, more: 0 } : firstLine(message);
  const source = sourceOf(row);
  return (
    <>
      <span className="cell-time" title={row._time}>{rowTime(row, withDate)}</span>
      <span className={`cell-level ${levelClass(row.level)}`}>{levelText(row.level)}</span>
      <span className="cell-source" title={source}>
        {source}
      </span>
      {columns.map((name) => (
        <span key={name} className="cell-column" title={`${name}: ${row[name] ?? ""}`}>
          {row[name] ?? ""}
        </span>
      ))}
      <span className="cell-message">
        {text}
        {more > 0 && <span className="cell-more">+{more} lines</span>}
      </span>
    </>
  );
});
