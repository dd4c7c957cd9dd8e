import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queryRows } from "../../api/query";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { msg, t, tr } from "../../i18n";
import { formatCount, formatPercent } from "../../models/format";
import { addFilter, equals, fieldName } from "../../models/queryEdit";
import { exploreHref } from "../../models/route";

const FIELDS = [
  { field: "app", label: msg("Apps") },
  { field: "host", label: msg("Hosts") },
] as const;
const RANGE = "15m";
const RANGE_MS = 15 * 60_000;
const SHOWN = 7;
const ERRORS = "level:>=ERROR";

interface Source {
  name: string;
  records: number;
  errors: number;
}

/** Two plain counts instead of one with a condition: every storage can answer them. */
async function noisiest(field: string, signal: AbortSignal): Promise<Source[]> {
  const end = Date.now();
  const asked = (filter: string) => ({
    query: `${filter} | stats by (${fieldName(field)}) count() records`,
    start: end - RANGE_MS,
    end,
  });
  const [all, failed] = await Promise.all([
    queryRows(asked("*"), 10_000, signal),
    queryRows(asked(ERRORS), 10_000, signal),
  ]);
  const errors = new Map(failed.map((row) => [row[field] ?? "", Number(row.records)]));
  return all
    .map((row) => ({ name: row[field] ?? "", records: Number(row.records), errors: errors.get(row[field] ?? "") ?? 0 }))
    .sort((a, b) => b.records - a.records)
    .slice(0, SHOWN);
}

/** The senders with the most records, and their share of errors. */
export function NoisiestPanel() {
  const [field, setField] = useState<(typeof FIELDS)[number]["field"]>("app");
  const { data, error } = useQuery({
    queryKey: ["overview", "noisiest", field],
    queryFn: ({ signal }) => noisiest(field, signal),
    refetchInterval: 15_000,
  });
  const most = Math.max(1, ...(data ?? []).map(({ records }) => records));
  const choice = (
    <div className="segmented" role="group" aria-label={t("Group by")}>
      {FIELDS.map(({ field: name, label }) => (
        <button key={name} type="button" aria-pressed={name === field} onClick={() => setField(name)}>
          {tr(label)}
        </button>
      ))}
    </div>
  );
  return (
    <Panel title={t("Noisiest")} note={t("last 15 min")} aside={choice} error={error}>
      {data?.length === 0 && <p className="empty-row">{t("No records in the last 15 minutes.")}</p>}
      {data && data.length > 0 && (
        <Table className="noisiest" heads={[field, `${t("Records")}#`, `${t("Errors")}#`, `${t("Share")}#`]}>
          {data.map((source) => (
            <SourceRow key={source.name} field={field} source={source} most={most} />
          ))}
        </Table>
      )}
    </Panel>
  );
}

function SourceRow({ field, source, most }: { field: string; source: Source; most: number }) {
  const { name, records, errors } = source;
  const filter = equals(field, name);
  return (
    <tr>
      <td>
        <a href={exploreHref(filter, RANGE)}>{name || t("(none)")}</a>
        <span className="bar" style={{ width: `${(records / most) * 100}%` }}>
          <span style={{ width: `${(errors / records) * 100}%` }} />
        </span>
      </td>
      <td className="num">
        <a href={exploreHref(filter, RANGE)}>{formatCount(records)}</a>
      </td>
      <td className="num">
        <a href={exploreHref(addFilter(ERRORS, filter), RANGE)}>{formatCount(errors)}</a>
      </td>
      <td className="num muted">{formatPercent(errors, records)}</td>
    </tr>
  );
}
