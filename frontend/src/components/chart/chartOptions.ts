import uPlot from "uplot";
import { locale } from "../../i18n/locale";
import { momentOf, zone } from "../../models/zone";
import { stack } from "../../models/stack";
import { colourOf } from "./colourOf";

export interface ChartSeries {
  name: string;
  /** The CSS variable of the colour, such as `--series-1`. */
  token: string;
  values: readonly (number | null)[];
}

export type ChartKind = "lines" | "area" | "bars";

export interface ChartSpec {
  kind: ChartKind;
  /** Milliseconds since the epoch, ascending. */
  times: readonly number[];
  series: readonly ChartSeries[];
  /** The range of the horizontal axis, where it is wider than the data. */
  span?: readonly [number, number] | undefined;
  /** Width of a bar in milliseconds; bars start at their time. */
  stepMs?: number | undefined;
  /** A value that the vertical axis must include, such as a threshold. */
  include?: number | undefined;
  format: (value: number) => string;
}

function fontOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim() || "sans-serif";
}

/** uPlot's columns: seconds, then one per series. Stacked series start at the top, because lower ones are drawn over them. */
export function chartData(spec: ChartSpec): uPlot.AlignedData {
  // uPlot centres a bar on its time.
  const shift = spec.kind === "bars" ? (spec.stepMs ?? 0) / 2 : 0;
  const times = spec.times.map((time) => (time + shift) / 1000);
  const columns = spec.series.map(({ values }) => [...values]);
  return [times, ...(spec.kind === "lines" ? columns : stack(columns).reverse())];
}

export function chartOptions(spec: ChartSpec, width: number, height: number, on: ChartEvents): uPlot.Options {
  const axis: uPlot.Axis = {
    stroke: colourOf("--muted"),
    font: `11px ${fontOf("--sans")}`,
    grid: { stroke: colourOf("--line"), width: 1 },
    ticks: { show: false },
    gap: 6,
  };
  const painted = spec.kind === "lines" ? spec.series : [...spec.series].reverse();
  const half = (spec.stepMs ?? 0) / 2000;
  const options: uPlot.Options = {
    width,
    height,
    padding: [8, 16, 0, 0],
    legend: { show: false },
    // Labels are at whole hours and days of the selected time zone.
    tzDate: (seconds) =>
      zone() === "utc" ? uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC") : new Date(seconds * 1000),
    cursor: {
      points: { show: spec.kind === "lines", size: 6 },
      y: false,
      drag: { x: on.select !== undefined, y: false, setScale: false },
    },
    select: { show: on.select !== undefined, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: {
        time: true,
        range: (_, min, max) => (spec.span ? [spec.span[0] / 1000, spec.span[1] / 1000] : [min - half, max + half]),
      },
      y: {
        range: (_, min, max) => {
          const high = Math.max(max ?? 0, spec.include ?? 0);
          const low = spec.kind === "lines" ? Math.min(min ?? 0, spec.include ?? 0, 0) : 0;
          return [low * 1.08, high > 0 ? high * 1.08 : low < 0 ? 0 : 1];
        },
      },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 24,
        space: 64,
        values: (_, splits, __, ___, step) => splits.map((at) => timeLabel(at * 1000, step)),
      },
      { ...axis, size: 46, space: 28, splits: wholeSplits(spec), values: (_, splits) => splits.map(spec.format) },
    ],
    series: [{}, ...painted.map((series) => paint(spec.kind, series))],
    hooks: {
      draw: [(plot) => on.draw(frameOf(plot))],
      setCursor: [(plot) => on.hover(plot.cursor.idx ?? undefined, plot.cursor.left ?? 0)],
      setSelect: [
        (plot) => {
          const { left, width: chosen } = plot.select;
          if (chosen > 3) on.select?.(plot.posToVal(left, "x") * 1000, plot.posToVal(left + chosen, "x") * 1000);
          if (chosen > 0) plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
  return options;
}

/** Where the plot lies in its box, in pixels, and what its edges stand for. */
export interface ChartFrame {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Milliseconds. */
  start: number;
  end: number;
  low: number;
  high: number;
}

function frameOf(plot: uPlot): ChartFrame {
  const { left, top, width, height } = plot.bbox;
  const { x, y } = plot.scales;
  const ratio = uPlot.pxRatio;
  return {
    left: left / ratio,
    top: top / ratio,
    width: width / ratio,
    height: height / ratio,
    start: (x?.min ?? 0) * 1000,
    end: (x?.max ?? 0) * 1000,
    low: y?.min ?? 0,
    high: y?.max ?? 1,
  };
}

export interface ChartEvents {
  draw: (frame: ChartFrame) => void;
  hover: (index: number | undefined, left: number) => void;
  select?: ((start: number, end: number) => void) | undefined;
}

function paint(kind: ChartKind, series: ChartSeries): uPlot.Series {
  const colour = colourOf(series.token);
  if (kind === "lines")
    return {
      label: series.name,
      stroke: colour,
      width: 1.5,
      points: { size: 5, width: 0, fill: colour, show: true, filter: isolated },
    };
  if (kind === "area") return { label: series.name, fill: colour, width: 0, points: { show: false } };
  const bars = uPlot.paths.bars;
  return {
    label: series.name,
    fill: colour,
    width: 0,
    points: { show: false },
    ...(bars && { paths: bars({ size: [0.88, 64], align: 0 }) }),
  };
}

/** Points between two gaps, which no line shows. */
export function isolatedPoints(values: readonly (number | null | undefined)[]): number[] {
  const known = (index: number) => values[index] !== null && values[index] !== undefined;
  return values.flatMap((_, index) => (known(index) && !known(index - 1) && !known(index + 1) ? [index] : []));
}

const isolated: uPlot.Series.Points.Filter = (plot, series) => isolatedPoints([...(plot.data[series] ?? [])]);

/** Counts need no grid lines at fractions. */
function wholeSplits({ kind, series }: ChartSpec): uPlot.Axis.Splits | undefined {
  const whole = series.every(({ values }) => values.every((value) => value === null || Number.isInteger(value)));
  if (kind !== "bars" && !whole) return undefined;
  return (_plot, _axis, min, max) => {
    const step = Math.max(1, niceStep((max - min) / 3));
    const splits: number[] = [];
    for (let at = Math.ceil(min / step) * step; at <= max; at += step) splits.push(at);
    return splits;
  };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1e-9)));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  return factor * power;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A label of the time axis in the selected time zone, as precise as the distance between labels requires. */
export function timeLabel(time: number, stepSeconds: number): string {
  const { year, month, day, hour, minute, second, ms } = momentOf(time);
  const name = MONTHS[month - 1] ?? "";
  const korean = locale() === "ko";
  if (stepSeconds >= 28 * 86_400) return korean ? `${year}년 ${month}월` : `${name} ${year}`;
  if (stepSeconds >= 86_400 || (hour === 0 && minute === 0 && second === 0))
    return korean ? `${month}월 ${day}일` : `${day} ${name}`;
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = `${two(hour)}:${two(minute)}`;
  if (stepSeconds >= 60) return clock;
  if (stepSeconds >= 1) return `${clock}:${two(second)}`;
  return `${clock}:${two(second)}.${String(ms).padStart(3, "0")}`;
}
