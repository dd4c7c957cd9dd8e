import { useMemo, useState, type CSSProperties } from "react";
import type { Row } from "../../api/types";
import { t } from "../../i18n";
import { formatDateTime, formatFigure, timeOf } from "../../models/format";
import { clip } from "../../models/record";
import { columnsOf, figuresOf, numberOf, sortRows, type Column, type Sorting } from "../../models/resultTable";
import { Figures } from "./Figures";

/** Rows rendered at once; longer results should be narrowed. */
const ROWS_SHOWN = 500;
/** Characters of a text: more than its cell shows. */
const TEXT_SHOWN = 300;
const TITLE_SHOWN = 1_000;

interface Props {
  rows: readonly Row[];
  /** Says in which order the columns are. */
  query: string;
  /** Opens the records of a group. */
  onPick: (field: string, value: string) => void;
}

/** A computed result as a table; a click on a heading sorts, a click on a group opens its records. */
export function ResultTable({ rows, query, onPick }: Props) {
  const columns = useMemo(() => columnsOf(rows, query), [rows, query]);
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
  const most = bars ? rows.reduce((largest, row) => Math.max(largest, numberOf(row[bars.name]) ?? 0), 0) : 0;
  const figures = figuresOf(rows, columns);
  if (figures.length > 0) return <Figures figures={figures} />;
  const numbers = columns.filter(({ numeric }) => numeric).length;
  const texts = columns.filter(({ numeric, time }) => !numeric && !time).length;
  const shares = { "--numbers": numbers, "--texts": Math.max(1, texts), "--times": columns.length - numbers - texts };
  return (
    <div className="result-scroll">
      <table className="table result-table" style={shares as CSSProperties}>
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
                    style={{ width: `${(Math.max(0, numberOf(row[bars.name]) ?? 0) / most) * 100}%` }}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shown && (
        <button type="button" className="button list-foot-button" onClick={() => setShown(shown + ROWS_SHOWN)}>
          {t("Show {count} more of {all}", {
            count: Math.min(ROWS_SHOWN, sorted.length - shown),
            all: sorted.length,
          })}
        </button>
      )}
    </div>
  );
}

function Cell({ column, value, onPick }: { column: Column; value: string; onPick: Props["onPick"] }) {
  if (column.numeric) return <td className="num">{readable(value)}</td>;
  if (column.time) return <td className="mono">{formatDateTime(timeOf(value))}</td>;
  return (
    <td className="mono result-text">
      <button
        type="button"
        className="link"
        title={`${clip(value, TITLE_SHOWN).text}\n${t("Click for the records with this {name}", { name: column.name })}`}
        onClick={() => onPick(column.name, value)}
      >
        {clip(value, TEXT_SHOWN).text || t("(none)")}
      </button>
    </td>
  );
}

/** Long fractions are rounded for display; the export has all digits. */
function readable(value: string): string {
  if (value === "") return "";
  const number = numberOf(value);
  return number === undefined ? "–" : formatFigure(number);
}
