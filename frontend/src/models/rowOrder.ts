import type { Row } from "../api/types";
import { compareTimes } from "./format";
import { isAggregation, pipeNames } from "./logsql";

/** Pipes that order their result; the console keeps that order. */
const ORDERING = new Set(["sort", "first", "last", "top", "facets"]);

const NO_FUNCTIONS: ReadonlySet<string> = new Set();

/** Sorts records newest first, unless the query orders its rows. */
export function newestFirst(rows: Row[], query: string): Row[] {
  // The rows of a stats pipe without its name have no time and stay as they are.
  if (isAggregation(query, NO_FUNCTIONS) || pipeNames(query).some((pipe) => ORDERING.has(pipe))) return rows;
  if (rows.some(({ _time }) => _time === undefined)) return rows;
  const later = (a: Row, b: Row) => compareTimes(b._time ?? "", a._time ?? "");
  const ordered = rows.every((row, index) => index === 0 || later(rows[index - 1] ?? row, row) <= 0);
  return ordered ? rows : [...rows].sort(later);
}
