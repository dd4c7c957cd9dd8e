import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { isAbsent } from "../../api/http";
import { hits, type Asked } from "../../api/query";
import { durationText, formatCount, formatInteger } from "../../models/format";
import { histogramOf, type Histogram } from "../../models/histogram";
import type { ShownLevel } from "../../models/levels";
import { filterPart } from "../../models/logsql";
import { stepFor } from "../../models/timeRange";

const TimeChart = lazy(() => import("../../components/chart/TimeChart"));

const HEIGHT = 84;
const MOST_BARS = 150;
/** Step over a range without ends, whose length nobody knows before the answer. */
const OPEN_STEP_MS = 86_400_000;

/** Counts of the records a query picks, by time and level; its pipes play no part. */
export function useHistogram(asked: Asked): { data: Histogram | undefined; error: unknown } {
  const { query, start, end } = asked;
  const filter = filterPart(query);
  const stepMs = start !== undefined && end !== undefined ? stepFor(end - start, MOST_BARS) : OPEN_STEP_MS;
  const result = useQuery({
    queryKey: ["hits", filter, start, end, stepMs],
    queryFn: ({ signal }) => hits({ ...asked, query: filter }, stepMs, "level", signal),
    placeholderData: (old) => old,
  });
  const data = useMemo(
    () => (result.data ? histogramOf(result.data, stepMs, start, end) : undefined),
    [result.data, stepMs, start, end],
  );
  return { data, error: result.error };
}

interface Props {
  histogram: Histogram | undefined;
  error: unknown;
  onZoom: (start: number, end: number) => void;
  onLevel: (level: ShownLevel) => void;
}

export function HistogramPanel({ histogram, error, onZoom, onLevel }: Props) {
  const drawn = useMemo(
    () => histogram?.series.map(({ level, values }) => ({ name: level, values, token: `--fill-${level.toLowerCase()}` })) ?? [],
    [histogram],
  );
  if (isAbsent(error)) return null;
  return (
    <section className="histogram" aria-label="Records over time">
      <div style={{ height: HEIGHT }}>
        {histogram && (
          <Suspense fallback={null}>
            <TimeChart
              kind="bars"
              times={histogram.times}
              stepMs={histogram.stepMs}
              series={drawn}
              format={formatCount}
              height={HEIGHT}
              label={`${formatInteger(histogram.total)} records over time by level; drag to zoom`}
              onSelect={(start, end) => onZoom(Math.floor(start), Math.ceil(end))}
            />
          </Suspense>
        )}
      </div>
      <div className="histogram-legend">
        {histogram?.series.map(({ level, total }) => (
          <button key={level} type="button" title={`Only ${level === "NONE" ? "records without a level" : level}`} onClick={() => onLevel(level)}>
            <i style={{ background: `var(--fill-${level.toLowerCase()})` }} />
            {level} <b>{formatCount(total)}</b>
          </button>
        ))}
        <span className="spacer" />
        {histogram && histogram.times.length > 0 && <span className="muted">{durationText(histogram.stepMs)} per bar, drag to zoom</span>}
      </div>
    </section>
  );
}
