import { useMemo, useState } from "react";
import type { Row } from "../../api/types";
import { formatDateTime, formatInteger, timeOf } from "../../models/format";
import { columnsOf, sortRows, type Column, type Sorting } from "../../models/resultTable";

/** Rows rendered at once; longer results should be narrowed. */
const ROWS_SHOWN = 500;

interface Props {
  rows: readonly Row[];
  /** Opens the records of a group. */
  onPick: (field: string, value: string) => void;
}

/** A computed result as a table; a click on a heading sorts, a click on a group opens its records. */
export function ResultTable({ rows, onPick }: Props) {
  const columns = useMemo(() => columnsOf(rows), [rows]);
  const [sorting, setSorting] = useState<Sorting>();
  const [shown, setShown] = useState(ROWS_SHOWN);
  const sorted = useMemo(
    () =>
      sorting
        ? sortRows(
            rows,
            columns.find(({ name }) => name === sorting.column),
            sorting.descending,
          )
        : rows,
    [rows, columns, sorting],
  );
  const bars =
    columns.filter(({ numeric }) => numeric).length === 1 ? columns.find(({ numeric }) => numeric) : undefined;
  const most = bars ? Math.max(0, ...rows.map((row) => Number(row[bars.name] ?? 0)).filter(Number.isFinite)) : 0;
  return (
    <div className="result-scroll">
      <table className="table result-table">
        <thead>
          <tr>
            {columns.map((column) => {
              const mine = sorting?.column === column.name ? sorting : undefined;
              return (
                <th
                  key={column.name}
                  className={column.numeric ? "num" : ""}
                  aria-sort={mine ? (mine.descending ? "descending" : "ascending") : "none"}
                >
                  <button
                    type="button"
                    onClick={() =>
                      setSorting({ column: column.name, descending: mine ? !mine.descending : column.numeric })
                    }
                  >
                    {column.name}
                    {mine && (mine.descending ? " ↓" : " ↑")}
                  </button>
                </th>
              );
            })}
            <td className="result-rest result-rest-head" />
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, shown).map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <Cell key={column.name} column={column} value={row[column.name] ?? ""} onPick={onPick} />
              ))}
              <td className="result-rest">
                {bars && most > 0 && (
                  <span
                    className="result-bar"
                    style={{ width: `${(Math.max(0, Number(row[bars.name] ?? 0)) / most) * 100}%` }}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shown && (
        <button type="button" className="button list-foot-button" onClick={() => setShown(shown + ROWS_SHOWN)}>
          Show {formatInteger(Math.min(ROWS_SHOWN, sorted.length - shown))} more of {formatInteger(sorted.length)}
        </button>
      )}
    </div>
  );
}

function Cell({ column, value, onPick }: { column: Column; value: string; onPick: Props["onPick"] }) {
  if (column.numeric) return <td className="num">{readable(value)}</td>;
  if (column.time) return <td className="mono">{formatDateTime(timeOf(value))}</td>;
  return (
    <td className="mono">
      <button
        type="button"
        className="link"
        title={`Records with this ${column.name}`}
        onClick={() => onPick(column.name, value)}
      >
        {value || "(none)"}
      </button>
    </td>
  );
}

/** Long fractions are rounded for display; the export has all digits. */
function readable(value: string): string {
  const number = Number(value);
  if (value === "" || !Number.isFinite(number)) return value;
  return Number.isInteger(number)
    ? formatInteger(number)
    : number.toLocaleString("en-US", { maximumSignificantDigits: 6 });
}
