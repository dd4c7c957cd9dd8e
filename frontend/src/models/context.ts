import type { Row } from "../api/types";

/** The record's id for the context API; `undefined` where the row lacks its stream or time. */
export function contextId(row: Row): string | undefined {
  return row._stream_id && row._time && row._stream && row._stream !== "{}"
    ? `${row._stream_id}@${row._time}`
    : undefined;
}

function identity(row: Row): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The index of the record among those of the same time; 0 where the query's pipes have changed the row. */
export function placeOf(row: Row, records: readonly Row[]): number {
  const wanted = identity(row);
  return Math.max(
    0,
    records.findIndex((one) => identity(one) === wanted),
  );
}
