import type { Row } from "../api/types";
import { compareTimes } from "./format";
import { isAggregation, pipeNames } from "./logsql";

/** Pipes whose result has an order of its own that the console must keep. */
const ORDERING = new Set(["sort", "first", "last", "top", "facets"]);

const NO_FUNCTIONS: ReadonlySet<string> = new Set();

/** Puts records in the order they are read in, newest first, unless the query itself orders its rows. */
export function newestFirst(rows: Row[], query: string): Row[] {
  // What a stats pipe without its name computes has no time.
  if (isAggregation(query, NO_FUNCTIONS) || pipeNames(query).some((pipe) => ORDERING.has(pipe))) return rows;
  if (rows.some(({ _time }) => _time === undefined)) return rows;
  const later = (a: Row, b: Row) => compareTimes(b._time ?? "", a._time ?? "");
  const ordered = rows.every((row, index) => index === 0 || later(rows[index - 1] ?? row, row) <= 0);
  return ordered ? rows : [...rows].sort(later);
}
