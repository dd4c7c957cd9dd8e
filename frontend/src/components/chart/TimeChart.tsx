import "uplot/dist/uPlot.min.css";
import "./chart.css";
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import uPlot from "uplot";
import { useSize } from "../../hooks/useSize";
import { useTheme } from "../../hooks/useTheme";
import { t } from "../../i18n";
import { formatClock, formatDateTime } from "../../models/format";
import { chartData, chartOptions, type ChartFrame, type ChartSpec } from "./chartOptions";
import { MarkLines } from "./MarkLines";

interface Props extends ChartSpec {
  height: number;
  /** The accessible description of the chart. */
  label: string;
  /** Called with both ends, in milliseconds, when a range was selected by dragging. */
  onSelect?: (start: number, end: number) => void;
  /** Drawn over the plot, such as a threshold. */
  overlay?: (frame: ChartFrame) => ReactNode;
}

interface Hover {
  index: number;
  left: number;
}

/** A time chart: lines, stacked areas or stacked bars, with the values at the pointer. */
export default function TimeChart({ height, label, onSelect, overlay, ...spec }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ spec, onSelect });
  const { width } = useSize(box);
  const theme = useTheme();
  const [hover, setHover] = useState<Hover>();
  const [frame, setFrame] = useState<ChartFrame>();
  const shape = `${spec.kind}|${spec.series.map(({ name, token }) => `${name}:${token}`).join("|")}|${spec.stepMs ?? ""}`;

  useLayoutEffect(() => {
    latest.current = { spec, onSelect };
  });

  // The plot is rebuilt when its series, theme or size change; otherwise only its data is replaced.
  useEffect(() => {
    const element = box.current;
    if (!element || width < 40) return undefined;
    const current = latest.current;
    const events = {
      draw: (next: ChartFrame) => setFrame((old) => (old && sameFrame(old, next) ? old : next)),
      hover: (index: number | undefined, left: number) =>
        setHover(index === undefined || left < 0 ? undefined : { index, left }),
      select: current.onSelect && ((start: number, end: number) => latest.current.onSelect?.(start, end)),
    };
    const live: ChartSpec = {
      ...current.spec,
      format: (value) => latest.current.spec.format(value),
      get span() {
        return latest.current.spec.span;
      },
      get include() {
        return latest.current.spec.include;
      },
    };
    const created = new uPlot(chartOptions(live, width, height, events), chartData(current.spec), element);
    plot.current = created;
    return () => {
      created.destroy();
      plot.current = null;
    };
  }, [shape, theme, width, height]);

  const data = spec.times;
  useEffect(() => {
    plot.current?.setData(chartData(latest.current.spec));
  }, [data, spec.series, spec.include]);

  return (
    <div className="chart" style={{ height }}>
      <div ref={box} className="chart-plot" role="img" aria-label={label} />
      {frame && <MarkLines frame={frame} plain={overlay !== undefined} />}
      {frame && overlay?.(frame)}
      {hover && <Tooltip spec={spec} hover={hover} width={width} />}
    </div>
  );
}

function sameFrame(a: ChartFrame, b: ChartFrame): boolean {
  return (Object.keys(a) as (keyof ChartFrame)[]).every((name) => a[name] === b[name]);
}

function Tooltip({ spec, hover, width }: { spec: ChartSpec; hover: Hover; width: number }) {
  const time = spec.times[hover.index];
  const rows = spec.series
    .map((series) => ({ ...series, value: series.values[hover.index] }))
    .filter(({ value }) => value !== null && value !== undefined && (value > 0 || spec.kind === "lines"));
  if (time === undefined || rows.length === 0) return null;
  const toLeft = hover.left > width / 2;
  const total = rows.reduce((sum, { value }) => sum + (value ?? 0), 0);
  const end = spec.stepMs ? ` – ${formatClock(time + spec.stepMs, spec.stepMs < 1000)}` : "";
  return (
    <div className="chart-tip" style={toLeft ? { right: width - hover.left } : { left: hover.left + 64 }}>
      <div className="chart-tip-time">
        {formatDateTime(time, (spec.stepMs ?? 1000) < 1000)}
        {end}
      </div>
      {rows.map(({ name, token, value }) => (
        <div key={name} className="chart-tip-row">
          <i style={{ background: `var(${token})` }} />
          <span>{name}</span>
          <b>{spec.format(value ?? 0)}</b>
        </div>
      ))}
      {spec.kind !== "lines" && rows.length > 1 && (
        <div className="chart-tip-row">
          <i />
          <span>{t("all")}</span>
          <b>{spec.format(total)}</b>
        </div>
      )}
    </div>
  );
}
