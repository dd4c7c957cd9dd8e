import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { hits, type Asked } from "../../api/query";
import { BY_LEVEL, extentOf, histogramOf, VALUES_DRAWN, type Extent, type Histogram } from "../../models/histogram";
import { filterPart } from "../../models/logsql";
import { stepFor } from "../../models/timeRange";

const MOST_BARS = 150;
/** The step for an open range, whose length is not known in advance. */
const OPEN_STEP_MS = 86_400_000;

export interface CountedRecords {
  data: Histogram | undefined;
  /** All records of the range, also those that lie too far from the others for the bars. */
  total: number | undefined;
  extent: Extent | undefined;
  error: unknown;
}

/** Counts of the records that a query's filter selects, by time and the values of a field; ignores its pipes. */
export function useHistogram(asked: Asked, by: string): CountedRecords {
  const filter = filterPart(asked.query);
  const open = asked.start === undefined;
  const days = useHits({ query: filter }, OPEN_STEP_MS, open);
  // For an open range, the days with records determine the extent.
  const all = useMemo(() => (open && days.data ? extentOf(days.data, OPEN_STEP_MS) : undefined), [open, days.data]);
  const start = asked.start ?? all?.start;
  const end = asked.end ?? all?.end;
  const stepMs = start !== undefined && end !== undefined ? stepFor(end - start, MOST_BARS) : OPEN_STEP_MS;
  const counted = useHits(
    { query: filter, ...(start !== undefined && { start }), ...(end !== undefined && { end }) },
    stepMs,
    start !== undefined,
    by,
  );
  const none = open && days.data !== undefined && all === undefined;
  const data = useMemo(
    () => (counted.data || none ? histogramOf(none ? [] : (counted.data ?? []), stepMs, by, start, end) : undefined),
    [counted.data, none, stepMs, by, start, end],
  );
  // While another query loads, the old bars stay, but their total would be wrong.
  const old = counted.isPlaceholderData || days.isPlaceholderData;
  const outside = (all?.before?.records ?? 0) + (all?.after?.records ?? 0);
  return {
    data,
    total: old || !data ? undefined : data.total + outside,
    extent: all,
    error: counted.error ?? days.error,
  };
}

function useHits(asked: Asked, stepMs: number, enabled: boolean, field?: string) {
  return useQuery({
    queryKey: ["hits", asked.query, asked.start, asked.end, stepMs, field],
    queryFn: ({ signal }) =>
      hits(asked, stepMs, field, signal, field === undefined || field === BY_LEVEL ? undefined : VALUES_DRAWN),
    enabled,
    // Bars of another field have other parts.
    placeholderData: (old, query) => (query?.queryKey[5] === field ? old : undefined),
  });
}
