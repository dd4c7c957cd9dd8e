import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { isAbsent } from "../../api/http";
import { hits, type Asked } from "../../api/query";
import { t } from "../../i18n";
import { durationText, formatCount, formatInteger } from "../../models/format";
import { extentOf, histogramOf, type Histogram } from "../../models/histogram";
import { IconButton } from "../../components/IconButton";
import type { ShownLevel } from "../../models/levels";
import { filterPart } from "../../models/logsql";
import { reshape, stepFor, type TimeRange } from "../../models/timeRange";

const TimeChart = lazy(() => import("../../components/chart/TimeChart"));

const HEIGHT = 84;
const MOST_BARS = 150;
/** The step for an open range, whose length is not known in advance. */
const OPEN_STEP_MS = 86_400_000;

/** Counts of the records that a query's filter selects, by time and level; ignores its pipes. */
export function useHistogram(asked: Asked): { data: Histogram | undefined; total: number | undefined; error: unknown } {
  const filter = filterPart(asked.query);
  const days = useHits({ query: filter }, OPEN_STEP_MS, asked.start === undefined);
  // For an open range, the days with records determine the extent.
  const all = useMemo(() => (days.data ? extentOf(days.data, OPEN_STEP_MS) : undefined), [days.data]);
  const start = asked.start ?? all?.start;
  const end = asked.end ?? all?.end;
  const stepMs = start !== undefined && end !== undefined ? stepFor(end - start, MOST_BARS) : OPEN_STEP_MS;
  const counted = useHits(
    { query: filter, ...(start !== undefined && { start }), ...(end !== undefined && { end }) },
    stepMs,
    start !== undefined,
    "level",
  );
  const none = days.data !== undefined && all === undefined;
  const data = useMemo(
    () => (counted.data || none ? histogramOf(none ? [] : (counted.data ?? []), stepMs, start, end) : undefined),
    [counted.data, none, stepMs, start, end],
  );
  // While another query loads, the old bars stay, but their total would be wrong.
  const old = counted.isPlaceholderData || days.isPlaceholderData;
  return { data, total: old ? undefined : data?.total, error: counted.error ?? days.error };
}

function useHits(asked: Asked, stepMs: number, enabled: boolean, field?: string) {
  return useQuery({
    queryKey: ["hits", asked.query, asked.start, asked.end, stepMs, field],
    queryFn: ({ signal }) => hits(asked, stepMs, field, signal),
    enabled,
    placeholderData: (old) => old,
  });
}

interface Props {
  histogram: Histogram | undefined;
  error: unknown;
  onZoom: (start: number, end: number) => void;
  range: TimeRange;
  onRange: (range: TimeRange) => void;
  /** Shows what sets the records of the range apart; absent where there is no rest to compare with. */
  onExplain?: (() => void) | undefined;
  onLevel: (level: ShownLevel) => void;
}

export function HistogramPanel({ histogram, error, onZoom, range, onRange, onExplain, onLevel }: Props) {
  const drawn = useMemo(
    () =>
      histogram?.series.map(({ level, values }) => ({ name: level, values, token: `--fill-${level.toLowerCase()}` })) ??
      [],
    [histogram],
  );
  if (isAbsent(error)) return null;
  return (
    <section className="histogram" aria-label={t("Records over time")}>
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
              label={t("{total} records over time by level; drag to zoom", { total: formatInteger(histogram.total) })}
              onSelect={(start, end) => onZoom(Math.floor(start), Math.ceil(end))}
            />
          </Suspense>
        )}
      </div>
      <div className="histogram-legend">
        {histogram?.series.map(({ level, total }) => (
          <button
            key={level}
            type="button"
            title={level === "NONE" ? t("Only records without a level") : t("Only {level}", { level })}
            onClick={() => onLevel(level)}
          >
            <i style={{ background: `var(--fill-${level.toLowerCase()})` }} />
            {level} <b>{formatCount(total)}</b>
          </button>
        ))}
        <span className="spacer" />
        {histogram && histogram.times.length > 0 && (
          <span className="muted">{t("{step} per bar, drag to zoom", { step: durationText(histogram.stepMs) })}</span>
        )}
        {onExplain && (
          <button type="button" className="button histogram-explain" onClick={onExplain}>
            {t("Explain")}
          </button>
        )}
        <RangeSteps range={range} onRange={onRange} />
      </div>
    </section>
  );
}

/** Buttons to move and zoom the time range without dragging. */
function RangeSteps({ range, onRange }: { range: TimeRange; onRange: (range: TimeRange) => void }) {
  if (range.kind === "all") return null;
  const step = (by: { zoom?: number; shift?: number }) => {
    const next = reshape(range, Date.now(), by);
    if (next) onRange(next);
  };
  return (
    <span className="range-steps">
      <IconButton icon="back" label={t("Move back by half the range")} onClick={() => step({ shift: -0.5 })} />
      <IconButton icon="chevron" label={t("Move forward by half the range")} onClick={() => step({ shift: 0.5 })} />
      <IconButton icon="minus" label={t("Zoom out")} onClick={() => step({ zoom: 2 })} />
      <IconButton icon="plus" label={t("Zoom in")} onClick={() => step({ zoom: 0.5 })} />
    </span>
  );
}
