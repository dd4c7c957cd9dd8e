import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { errorText } from "../../api/http";
import { queryRows } from "../../api/query";
import type { Row } from "../../api/types";
import { RecordLine } from "../../components/record/RecordLine";
import { timeOf } from "../../models/format";
import { shownLevel } from "../../models/levels";
import { around, isSameRecord } from "../../models/context";

const FIRST_LINES = 10;
/** How far from the record its neighbours are looked for; a quieter stream has no context worth the search. */
const REACH_MS = 86_400_000;
/** Records of the same millisecond that may stand between the record and its neighbours. */
const SPARE = 50;

/** Reads what the record's own stream wrote before and after it. */
async function neighbours(row: Row, lines: number, signal: AbortSignal): Promise<Row[]> {
  const time = timeOf(row._time);
  const stream = row._stream ?? "";
  const limit = lines + SPARE;
  const [before, after] = await Promise.all([
    queryRows({ query: `${stream} | sort by (_time desc) | limit ${limit}`, start: time - REACH_MS, end: time + 1 }, limit, signal),
    queryRows({ query: `${stream} | sort by (_time) | limit ${limit}`, start: time, end: time + REACH_MS }, limit, signal),
  ]);
  return around([...before, ...after], row, lines);
}

/** The lines around a record, from the same stream. Nothing for a record that belongs to none. */
export function ContextPanel({ row }: { row: Row }) {
  const [lines, setLines] = useState(0);
  const { data, error, isFetching } = useQuery({
    queryKey: ["context", row._stream, row._time, row._msg, lines],
    queryFn: ({ signal }) => neighbours(row, lines, signal),
    enabled: lines > 0,
    placeholderData: (old) => old,
    staleTime: 60_000,
  });
  if (!row._stream?.startsWith("{") || row._stream === "{}" || Number.isNaN(timeOf(row._time))) return null;
  return (
    <>
      <button type="button" className="button" disabled={isFetching} onClick={() => setLines(lines + FIRST_LINES)}>
        {lines === 0 ? "Show context" : `${FIRST_LINES} more lines`}
      </button>
      {error && <span className="danger-text">{errorText(error)}</span>}
      {data && lines > 0 && (
        <div className="context" role="list" aria-label="Records around this one">
          {data.map((one, index) => (
            <div
              key={index}
              role="listitem"
              className="record-line"
              data-level={shownLevel(one.level)}
              aria-current={isSameRecord(one, row) ? "true" : undefined}
            >
              <RecordLine row={one} />
            </div>
          ))}
        </div>
      )}
    </>
  );
}
