import type { Row } from "../api/types";

/** The name the server knows a record's place by; nothing where the row has lost its stream or time. */
export function contextId(row: Row): string | undefined {
  return row._stream_id && row._time && row._stream && row._stream !== "{}"
    ? `${row._stream_id}@${row._time}`
    : undefined;
}

function identity(row: Row): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where the record stands among those of its moment. A query's pipes may have changed its row: then the first of them it is. */
export function placeOf(row: Row, records: readonly Row[]): number {
  const wanted = identity(row);
  return Math.max(
    0,
    records.findIndex((one) => identity(one) === wanted),
  );
}
