import { lazy, Suspense, useMemo, type ReactNode } from "react";
import { isAbsent } from "../../api/http";
import { seriesToken } from "../../components/chart/seriesToken";
import { ErrorText } from "../../components/ErrorText";
import { IconButton } from "../../components/IconButton";
import { useRoving } from "../../hooks/useRoving";
import { plural, t } from "../../i18n";
import { formatDuration, durationText, formatCount, formatInteger } from "../../models/format";
import { BY_LEVEL, type Extent, type Histogram, type HistogramSeries, type Part } from "../../models/histogram";
import { shownLevel } from "../../models/levels";
import { reshape, type TimeRange } from "../../models/timeRange";

const TimeChart = lazy(() => import("../../components/chart/TimeChart"));

const HEIGHT = 96;

interface Props {
  histogram: Histogram | undefined;
  /** For an open range, where its records lie. */
  extent: Extent | undefined;
  error: unknown;
  onZoom: (start: number, end: number) => void;
  range: TimeRange;
  onRange: (range: TimeRange) => void;
  /** Shows what sets the records of the range apart; absent where there is no rest to compare with. */
  onExplain?: (() => void) | undefined;
  onValue: (field: string, value: string) => void;
  /** The menu of fields by which the bars can be broken down. */
  menu: ReactNode;
}

/** The name and colour of a part of the bars. */
function look(by: string, { value }: HistogramSeries, index: number): { name: string; token: string } {
  if (by === BY_LEVEL) {
    const level = shownLevel(value);
    return { name: level, token: `--fill-${level.toLowerCase()}` };
  }
  if (value === undefined) return { name: t("others"), token: "--fill-debug" };
  return { name: value || t("(none)"), token: seriesToken(index) };
}

function titleOf(by: string, value: string): string {
  if (value === "") return by === BY_LEVEL ? t("Only records without a level") : t("Only records without {by}", { by });
  return by === BY_LEVEL ? t("Only {level}", { level: value }) : t("Only {by} = {value}", { by, value });
}

export function HistogramPanel(props: Props) {
  const { histogram, extent, error, onZoom, range, onRange, onExplain, onValue, menu } = props;
  const drawn = useMemo(
    () =>
      histogram?.series.map((series, index) => ({ ...look(histogram.by, series, index), values: series.values })) ?? [],
    [histogram],
  );
  const legend = useRoving<HTMLDivElement>();
  if (isAbsent(error)) return null;
  return (
    <section className="histogram" aria-label={t("Records over time")}>
      <div style={{ height: HEIGHT }}>
        {error ? (
          <ErrorText error={error} as="p" className="histogram-error" />
        ) : (
          histogram && (
            <Suspense fallback={null}>
              <TimeChart
                kind="bars"
                times={histogram.times}
                stepMs={histogram.stepMs}
                series={drawn}
                format={formatCount}
                height={HEIGHT}
                label={t("{total} records over time by {by}; drag to zoom", {
                  total: formatInteger(histogram.total),
                  by: histogram.by,
                })}
                onSelect={(start, end) => onZoom(Math.floor(start), Math.ceil(end))}
              />
            </Suspense>
          )
        )}
      </div>
      <div ref={legend} className="histogram-legend">
        {menu}
        <div className="histogram-values">
          {histogram?.series.map(({ value, total }, index) => {
            const { name, token } = drawn[index] ?? { name: "", token: "" };
            const content = (
              <>
                <i style={{ background: `var(${token})` }} />
                <span>{name}</span> <b>{formatCount(total)}</b>
              </>
            );
            return value === undefined ? (
              <span key="others" className="histogram-others">
                {content}
              </span>
            ) : (
              <button
                key={`=${value}`}
                type="button"
                title={titleOf(histogram.by, value)}
                onClick={() => onValue(histogram.by, value)}
              >
                {content}
              </button>
            );
          })}
        </div>
        <span className="spacer" />
        <Outliers part={extent?.before} late={false} onRange={onRange} />
        <Outliers part={extent?.after} late onRange={onRange} />
        {histogram && histogram.times.length > 0 && (
          <span className="muted">
            {t("{step} per bar, drag to zoom", { step: formatDuration(durationText(histogram.stepMs)) })}
          </span>
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

interface OutliersProps {
  part: Part | undefined;
  /** Whether they lie after the bars. */
  late: boolean;
  onRange: (range: TimeRange) => void;
}

/** Says how many records lie too far away for the bars; a click shows these. */
function Outliers({ part, late, onRange }: OutliersProps) {
  if (!part) return null;
  const { start, end, records } = part;
  return (
    <button
      type="button"
      className="histogram-outliers"
      title={t("They are far from all others, and not in the bars. Click for these only")}
      onClick={() => onRange({ kind: "between", start, end })}
    >
      {late
        ? plural(records, "{n} record much later", "{n} records much later")
        : plural(records, "{n} record much earlier", "{n} records much earlier")}
    </button>
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
