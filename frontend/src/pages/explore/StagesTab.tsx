import { useQuery } from "@tanstack/react-query";
import { queryRows, type Asked } from "../../api/query";
import type { Row } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { IconButton } from "../../components/IconButton";
import { formatInteger, formatSpan } from "../../models/format";
import { pairValue } from "../../models/rowText";
import { orderedFields } from "../../models/record";
import { stagesOf, withoutStage } from "../../models/stages";

const ROWS_SHOWN = 3;
const FIELDS_SHOWN = 12;

interface Passed {
  rows: Row[];
  /** Rows that leave the stage. */
  out: number;
  millis: number;
}

/** One stage after the other, so that they do not compete with each other and with other people's queries. */
async function pass(asked: Asked, signal: AbortSignal): Promise<Passed[]> {
  const passed: Passed[] = [];
  for (const { query, keepsRows } of stagesOf(asked.query)) {
    const started = performance.now();
    const rows = await queryRows({ ...asked, query: `${query} | limit ${ROWS_SHOWN}` }, ROWS_SHOWN, signal);
    const millis = performance.now() - started;
    const before = passed[passed.length - 1];
    const [counted] =
      keepsRows && before
        ? [{ n: String(before.out) }]
        : await queryRows({ ...asked, query: `${query} | stats count() n` }, 1, signal);
    passed.push({ rows, out: Number(counted?.n ?? 0), millis });
  }
  return passed;
}

/** What each part of the query takes in and gives on: rows, time, and the first rows. */
export function StagesTab({ asked, onQuery }: { asked: Asked; onQuery: (query: string) => void }) {
  const stages = stagesOf(asked.query);
  const { data, error, isPending } = useQuery({
    queryKey: ["stages", asked.query, asked.start, asked.end],
    queryFn: ({ signal }) => pass(asked, signal),
    staleTime: Infinity,
    retry: false,
  });
  return (
    <div className="query-stages">
      <ErrorText as="p" className="empty-row" error={error} />
      {isPending && <p className="empty-row">Running the query stage by stage…</p>}
      <ol>
        {data &&
          stages.map(({ text }, index) => {
            const one = data[index];
            const taken = data[index - 1]?.out;
            if (!one) return null;
            return (
              <li key={index}>
                <div className="query-stage-head">
                  <code>
                    {index > 0 && <span className="muted">| </span>}
                    {text}
                  </code>
                  <span className="query-stage-counts">
                    {taken !== undefined && <span className="muted">{formatInteger(taken)} → </span>}
                    <b>{formatInteger(one.out)}</b> {one.out === 1 ? "row" : "rows"}
                    <span className="muted"> in {formatSpan(one.millis)}</span>
                  </span>
                  {index > 0 && (
                    <IconButton
                      icon="close"
                      label={`Run the query without | ${text}`}
                      onClick={() => onQuery(withoutStage(asked.query, index))}
                    />
                  )}
                </div>
                {one.rows.length === 0 && <p className="query-stage-none">Nothing passes this stage.</p>}
                {one.rows.map((row, at) => (
                  <p key={at} className="query-stage-row">
                    {[...(row._msg ? ([["_msg", row._msg]] as [string, string][]) : []), ...orderedFields(row)]
                      .slice(0, FIELDS_SHOWN)
                      .map(([name, value]) => (
                        <span key={name} className="cell-pair">
                          <span>{name}=</span>
                          {pairValue(value.slice(0, 200))}{" "}
                        </span>
                      ))}
                  </p>
                ))}
              </li>
            );
          })}
      </ol>
    </div>
  );
}
