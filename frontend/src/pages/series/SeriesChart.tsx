import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { getSeriesData, type Series } from "../../api/series";
import { Legend } from "../../components/chart/Legend";
import { SERIES_COLOURS, seriesToken } from "../../components/chart/seriesToken";
import { Panel } from "../../components/Panel";
import { t } from "../../i18n";
import { formatValue } from "../../models/alerts";
import { formatDuration, durationText, formatCount, formatInteger, parseDuration } from "../../models/format";
import { drawnStep, linesOf, stepMsOf } from "../../models/series";

const TimeChart = lazy(() => import("../../components/chart/TimeChart"));

const RANGES = ["6h", "24h", "7d", "30d", "365d"] as const;
const HEIGHT = 240;
const POLL_MS = 30_000;

/** The values of a series over time, a line for each group. */
export function SeriesChart({ series }: { series: Series }) {
  const [range, setRange] = useState<(typeof RANGES)[number]>("24h");
  const rangeMs = parseDuration(range) ?? 86_400_000;
  const stepMs = drawnStep(stepMsOf(series), rangeMs);
  const { data, error } = useQuery({
    queryKey: ["series", series.id, "data", series.query, range, stepMs],
    queryFn: async ({ signal }) => {
      const end = Date.now();
      const lines = await getSeriesData(series.id, end - rangeMs, end, durationText(stepMs), signal);
      return { lines, span: [end - rangeMs, end] as const };
    },
    refetchInterval: POLL_MS,
  });
  const drawn = useMemo(() => linesOf(data?.lines ?? [], stepMs, SERIES_COLOURS), [data, stepMs]);
  const coloured = useMemo(() => drawn.series.map((one, index) => ({ ...one, token: seriesToken(index) })), [drawn]);
  return (
    <Panel
      title={series.name}
      note={
        stepMs > stepMsOf(series)
          ? t("average of {step}", { step: formatDuration(durationText(stepMs)) })
          : t("every {interval}", { interval: formatDuration(durationText(stepMs)) })
      }
      error={error}
      aside={
        <div className="segmented" role="group" aria-label={t("Range of the chart")}>
          {RANGES.map((one) => (
            <button key={one} type="button" aria-pressed={one === range} onClick={() => setRange(one)}>
              {one === "365d" ? t("1y") : one}
            </button>
          ))}
        </div>
      }
    >
      <div className="series-chart">
        {data && drawn.times.length === 0 && (
          <p className="empty-row">
            {series.until
              ? t("No values in this range.")
              : t("No values in this range: the first step is not computed yet.")}
          </p>
        )}
        {data && drawn.times.length > 0 && (
          <Suspense fallback={<div style={{ height: HEIGHT }} />}>
            <TimeChart
              kind="lines"
              times={drawn.times}
              series={coloured}
              span={data.span}
              stepMs={stepMs}
              format={(value) => (Math.abs(value) < 100 ? formatValue(value) : formatCount(value))}
              height={HEIGHT}
              label={t("{name} over the last {range}", { name: series.name, range })}
            />
          </Suspense>
        )}
      </div>
      {drawn.times.length > 0 && (
        <div className="series-legend">
          <Legend items={coloured} />
          {drawn.left > 0 && (
            <span className="muted">{t("and {left} smaller groups", { left: formatInteger(drawn.left) })}</span>
          )}
        </div>
      )}
    </Panel>
  );
}
