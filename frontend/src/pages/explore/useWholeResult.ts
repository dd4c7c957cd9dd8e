import { useEffect, useMemo, useSyncExternalStore } from "react";
import { queryRows, rowCounts, type Asked } from "../../api/query";
import type { Row } from "../../api/types";
import { timeOf } from "../../models/format";
import { ResultCells, rowsSource, type RowSource } from "../../models/resultCells";
import { isSliceable } from "../../models/slices";

export interface WholeResult extends RowSource {
  /** Whether every row has its place, so that none is out of reach. */
  whole: boolean;
  version: number;
  /** The number of all rows, where they were counted. */
  total?: number;
  /** Tells which rows are in sight; those that are missing are fetched. */
  want: (first: number, last: number) => void;
  error: unknown;
}

const nothing = () => () => undefined;
const zero = () => 0;

/**
 * All rows of a query, of which the newest are known.
 *
 * @param more whether there are more than those
 */
export function useWholeResult(asked: Asked, newest: readonly Row[], more: boolean): WholeResult {
  const cells = useMemo(() => {
    const end = timeOf(newest[0]?._time);
    // Rows have a place in time only where each has a time and their order is that of time.
    if (!more || Number.isNaN(end) || !isSliceable(asked.query) || newest.some(({ _time }) => !_time)) return undefined;
    // The end of a range is the first moment that does not belong to it.
    const within = (range: { start?: number; end: number }) => ({ query: asked.query, ...range, end: range.end + 1 });
    return new ResultCells(
      {
        count: (range, stepMs, signal) => rowCounts(within(range), stepMs, signal),
        rows: (range, limit, offset, signal) => queryRows(within(range), limit, signal, offset),
      },
      // Records that arrive from now on would move all others.
      { ...(asked.start !== undefined && { start: asked.start }), end },
      newest,
    );
  }, [asked, newest, more]);
  useEffect(() => {
    void cells?.begin();
    return () => cells?.close();
  }, [cells]);
  const version = useSyncExternalStore(cells?.subscribe ?? nothing, cells?.state ?? zero);
  return useMemo(() => sourceOf(cells, newest, version), [cells, newest, version]);
}

/** A new object for each version, so that whatever depends on the rows looks at them again. */
function sourceOf(cells: ResultCells | undefined, newest: readonly Row[], version: number): WholeResult {
  if (!cells) return { ...rowsSource(newest), version, whole: false, want: () => undefined, error: undefined };
  return {
    version,
    count: cells.count,
    whole: cells.total >= newest.length,
    total: cells.total,
    at: (index) => cells.at(index),
    loaded: () => cells.loaded(),
    want: (first, last) => cells.want(first, last),
    error: cells.error,
  };
}
