import { useQuery } from "@tanstack/react-query";
import { exportUrl, fieldNames, type Asked } from "../../api/query";
import { Menu } from "../../components/Menu";
import { msg, t, tr } from "../../i18n";
import { closed, filterPart, pipeNames } from "../../models/logsql";
import { fieldName } from "../../models/queryEdit";

/** Larger exports are not sorted, because the server would hold all rows in memory. */
const MOST_ORDERED = 100_000;

/** With more columns than this, the server uses those of the first rows. */
const MOST_COLUMNS = 200;

const FORMATS = [
  { name: msg("CSV"), format: "csv", ending: "csv" },
  { name: msg("JSON, one array"), format: "json", ending: "json" },
  { name: msg("JSON, one object per line"), format: "ndjson", ending: "ndjson" },
] as const;

interface Props {
  asked: Asked;
  /** Whether the rows are computed results rather than records. */
  aggregated: boolean;
  /** The number of records that the query's filter selects, where known. */
  matched: number | undefined;
}

/** Downloads the complete result, not only the rows shown; the browser writes the file as rows arrive. */
export function ExportMenu({ asked, aggregated, matched }: Props) {
  return (
    <Menu label={t("Export")} name={t("Export the result")} align="right">
      {(close) => <Formats asked={asked} aggregated={aggregated} matched={matched} onDone={close} />}
    </Menu>
  );
}

function Formats({ asked, aggregated, matched, onDone }: Props & { onDone: () => void }) {
  const filter = filterPart(asked.query);
  const plain = pipeNames(asked.query).length === 0;
  const names = useQuery({
    queryKey: ["field_names", filter, asked.start, asked.end],
    queryFn: ({ signal }) => fieldNames({ ...asked, query: filter }, signal),
    enabled: plain,
    retry: false,
  });
  const columns = plain && names.data && names.data.length <= MOST_COLUMNS ? names.data.map(({ value }) => value) : [];
  const ordered = !aggregated && matched !== undefined && matched <= MOST_ORDERED;
  return (
    <>
      {FORMATS.map(({ name, format, ending }) => (
        <a
          key={format}
          className="menu-item"
          href={exportUrl(
            format === "csv" ? withColumns(asked, columns) : asked,
            format,
            ordered ? MOST_ORDERED : undefined,
          )}
          download={`logcaster.${ending}`}
          onClick={onDone}
        >
          {tr(name)}
        </a>
      ))}
      <p className="menu-section muted">{aggregated ? t("All rows of the result.") : noteOf(matched, ordered)}</p>
    </>
  );
}

function noteOf(matched: number | undefined, ordered: boolean): string {
  if (matched === undefined) return t("All records, in storage order.");
  return ordered
    ? t("All {matched} records, newest first.", { matched })
    : t("All {matched} records, in storage order.", { matched });
}

/** Names every field as a column, as the first rows may lack some. */
function withColumns(asked: Asked, columns: readonly string[]): Asked {
  if (columns.length === 0) return asked;
  const first = ["_time", "level", "_msg"].filter((name) => columns.includes(name));
  const rest = columns.filter((name) => !first.includes(name)).sort();
  return { ...asked, query: `${closed(asked.query)} | fields ${[...first, ...rest].map(fieldName).join(", ")}` };
}
