import type { HitsSeries } from "../api/types";
import { timeOf } from "./format";
import { shownLevel, STACK_ORDER, type ShownLevel } from "./levels";

export interface Histogram {
  stepMs: number;
  /** Starts of the bars, milliseconds since the epoch; without gaps. */
  times: number[];
  series: { level: ShownLevel; values: number[]; total: number }[];
  total: number;
}

/** The maximum number of bars: about two per pixel of a wide screen. */
const MOST_BARS = 4_000;

/** Fills in empty buckets over the whole range, so that an hour without records shows as a gap. */
export function histogramOf(hits: readonly HitsSeries[], stepMs: number, start?: number, end?: number): Histogram {
  const floor = (time: number) => Math.floor(time / stepMs) * stepMs;
  const counted = hits.flatMap(({ timestamps }) => timestamps.map(timeOf)).filter((time) => !Number.isNaN(time));
  const first = floor(start ?? minOf(counted));
  const last = floor((end ?? maxOf(counted) + 1) - 1);
  const count =
    Number.isFinite(first) && Number.isFinite(last)
      ? Math.min(MOST_BARS, Math.max(0, Math.round((last - first) / stepMs) + 1))
      : 0;
  const times = Array.from({ length: count }, (_, index) => first + index * stepMs);
  const byLevel = new Map<ShownLevel, number[]>();
  for (const { fields, timestamps, values } of hits) {
    const level = shownLevel(fields.level);
    const bars = byLevel.get(level) ?? new Array<number>(count).fill(0);
    byLevel.set(level, bars);
    timestamps.forEach((timestamp, index) => {
      const bar = Math.round((floor(timeOf(timestamp)) - first) / stepMs);
      if (bar >= 0 && bar < count) bars[bar] = (bars[bar] ?? 0) + (values[index] ?? 0);
    });
  }
  const series = STACK_ORDER.filter((level) => byLevel.has(level)).map((level) => {
    const values = byLevel.get(level) ?? [];
    return { level, values, total: values.reduce((sum, value) => sum + value, 0) };
  });
  return { stepMs, times, series, total: series.reduce((sum, { total }) => sum + total, 0) };
}

function minOf(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function maxOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

/** From the first non-empty bucket to the end of the last one, which does not belong to it; `undefined` where all are empty. */
export function extentOf(hits: readonly HitsSeries[], stepMs: number): { start: number; end: number } | undefined {
  const times = hits.flatMap(({ timestamps, values }) =>
    timestamps.filter((_, index) => (values[index] ?? 0) > 0).map(timeOf),
  );
  if (times.length === 0) return undefined;
  const bounds = times.reduce(({ start, end }, time) => ({ start: Math.min(start, time), end: Math.max(end, time) }), {
    start: Infinity,
    end: -Infinity,
  });
  return { start: bounds.start, end: bounds.end + stepMs };
}
