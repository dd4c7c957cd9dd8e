import "./record.css";
import { memo } from "react";
import type { Row } from "../../api/types";
import { plural, t } from "../../i18n";
import { levelClass } from "../../models/levels";
import { formatCount } from "../../models/format";
import { clip, firstLine, levelText, rowTime, sourceOf } from "../../models/record";
import { pairsOf, pairValue } from "../../models/rowText";
import { MessageText } from "./MessageText";

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
  /** The role of each cell, where the line is a row of a grid. */
  role?: "gridcell";
}

/** The width of a column, which the list around it sets, so that no row is drawn again while it changes. */
export function columnWidth(index: number): string {
  return `var(--column-${index}, 18ch)`;
}

/** A record on one line: time, level, sender, chosen columns, message. */
export const RecordLine = memo(function RecordLine({ row, withDate = false, columns = [], wrap = false, role }: Props) {
  const source = sourceOf(row);
  return (
    <>
      <span className="cell cell-time" role={role} title={row._time}>
        {rowTime(row, withDate)}
      </span>
      <span className={`cell cell-level ${levelClass(row.level)}`} role={role}>
        {levelText(row.level)}
      </span>
      <span className="cell cell-source" role={role} title={source}>
        {source}
      </span>
      {columns.map((name, index) => {
        const value = clip(row[name] ?? "", COLUMN_SHOWN).text;
        return (
          <span
            key={name}
            className="cell cell-column"
            style={{ width: columnWidth(index) }}
            role={role}
            title={`${name}: ${value}`}
          >
            {value}
          </span>
        );
      })}
      <span className="cell cell-message" role={role}>
        {row._msg ? <Message message={row._msg} wrap={wrap} /> : <Pairs row={row} columns={columns} />}
      </span>
    </>
  );
});

function Message({ message, wrap }: { message: string; wrap: boolean }) {
  const { text: line, more } = wrap ? { text: message, more: 0 } : firstLine(message);
  const { text, left } = clip(line, wrap ? WRAPPED_SHOWN : LINE_SHOWN);
  return (
    <>
      <MessageText text={text} />
      {left > 0 && <span className="cell-more">{t("+{left} characters", { left: formatCount(left) })}</span>}
      {more > 0 && <span className="cell-more">{plural(more, "+{n} line", "+{n} lines")}</span>}
    </>
  );
}

/** The fields of a record that has no message. */
function Pairs({ row, columns }: { row: Row; columns: readonly string[] }) {
  return pairsOf(row, columns).map(([name, value]) => (
    <span key={name} className="cell-pair">
      <span>{name}=</span>
      {pairValue(value)}{" "}
    </span>
  ));
}
