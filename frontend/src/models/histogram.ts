import type { HitsSeries } from "../api/types";
import { timeOf } from "./format";
import { shownLevel, STACK_ORDER } from "./levels";

/** The field by whose values the bars are broken down where nobody chose another. */
export const BY_LEVEL = "level";

/** Values told apart in the bars; the rest is added up, because more colours cannot be told apart. */
export const VALUES_DRAWN = 9;

export interface HistogramSeries {
  /** The value of the field, "" for records without it; absent for all that are not among the most frequent. */
  value?: string;
  values: number[];
  total: number;
}

export interface Histogram {
  stepMs: number;
  /** The field that the bars are broken down by. */
  by: string;
  /** Starts of the bars, milliseconds since the epoch; without gaps. */
  times: number[];
  /** From the bottom of the bars to their top. */
  series: HistogramSeries[];
  total: number;
}

/** The maximum number of bars: about two per pixel of a wide screen. */
const MOST_BARS = 4_000;

/** Fills in empty buckets over the whole range, so that an hour without records shows as a gap. */
export function histogramOf(
  hits: readonly HitsSeries[],
  stepMs: number,
  by: string,
  start?: number,
  end?: number,
): Histogram {
  const floor = (time: number) => Math.floor(time / stepMs) * stepMs;
  const counted = hits.flatMap(({ timestamps }) => timestamps.map(timeOf)).filter((time) => !Number.isNaN(time));
  const first = floor(start ?? minOf(counted));
  const last = floor((end ?? maxOf(counted) + 1) - 1);
  const count =
    Number.isFinite(first) && Number.isFinite(last)
      ? Math.min(MOST_BARS, Math.max(0, Math.round((last - first) / stepMs) + 1))
      : 0;
  const times = Array.from({ length: count }, (_, index) => first + index * stepMs);
  const byValue = new Map<string | undefined, number[]>();
  for (const { fields, timestamps, values } of hits) {
    const value = by === BY_LEVEL ? levelValue(fields[by]) : fields[by];
    const bars = byValue.get(value) ?? new Array<number>(count).fill(0);
    byValue.set(value, bars);
    timestamps.forEach((timestamp, index) => {
      const bar = Math.round((floor(timeOf(timestamp)) - first) / stepMs);
      if (bar >= 0 && bar < count) bars[bar] = (bars[bar] ?? 0) + (values[index] ?? 0);
    });
  }
  const series = [...byValue].map(([value, values]): HistogramSeries => {
    const total = values.reduce((sum, one) => sum + one, 0);
    return value === undefined ? { values, total } : { value, values, total };
  });
  series.sort(by === BY_LEVEL ? bySeverity : bySize);
  return { stepMs, by, times, series, total: series.reduce((sum, { total }) => sum + total, 0) };
}

/** Levels that are none of the six are counted as none. */
function levelValue(text: string | undefined): string {
  const level = shownLevel(text);
  return level === "NONE" ? "" : level;
}

function bySeverity(a: HistogramSeries, b: HistogramSeries): number {
  return STACK_ORDER.indexOf(shownLevel(a.value)) - STACK_ORDER.indexOf(shownLevel(b.value));
}

/** The largest is at the base line, where its size is easiest to read; the rest is on top. */
function bySize(a: HistogramSeries, b: HistogramSeries): number {
  if ((a.value === undefined) !== (b.value === undefined)) return a.value === undefined ? 1 : -1;
  return b.total - a.total;
}

function minOf(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function maxOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

/** A part of the time that has records, and how many there are. */
export interface Part {
  start: number;
  end: number;
  records: number;
}

/** Where the records of an open range lie. */
export interface Extent {
  start: number;
  end: number;
  /** The few records that lie far before and after all others, and would make these a single bar. */
  before?: Part;
  after?: Part;
}

/** The share of the records that may lie outside, and how much shorter the range must get by leaving them out. */
const OUTLIERS = 0.001;
const SHORTER = 0.5;

/** The buckets with records, from the first to the end of the last, without far outliers; `undefined` where all are empty. */
export function extentOf(hits: readonly HitsSeries[], stepMs: number): Extent | undefined {
  const buckets = bucketsOf(hits);
  const all = partOf(buckets, stepMs);
  if (!all) return undefined;
  let budget = Math.floor(all.records * OUTLIERS);
  let from = 0;
  let to = buckets.length;
  // From the end with the wider gap, for as long as few records are left out.
  while (to - from > 1) {
    const firstGap = timeAtIndex(buckets, from + 1) - timeAtIndex(buckets, from);
    const lastGap = timeAtIndex(buckets, to - 1) - timeAtIndex(buckets, to - 2);
    const index = firstGap >= lastGap ? from : to - 1;
    const records = buckets[index]?.records ?? 0;
    if (records > budget) break;
    budget -= records;
    if (index === from) from++;
    else to--;
  }
  const core = partOf(buckets.slice(from, to), stepMs);
  if (!core || core.end - core.start > (all.end - all.start) * SHORTER) return { start: all.start, end: all.end };
  const before = partOf(buckets.slice(0, from), stepMs);
  const after = partOf(buckets.slice(to), stepMs);
  return { start: core.start, end: core.end, ...(before && { before }), ...(after && { after }) };
}

interface Bucket {
  time: number;
  records: number;
}

function timeAtIndex(buckets: readonly Bucket[], index: number): number {
  return buckets[index]?.time ?? 0;
}

/** The buckets that are not empty, ascending. */
function bucketsOf(hits: readonly HitsSeries[]): Bucket[] {
  const byTime = new Map<number, number>();
  for (const { timestamps, values } of hits) {
    timestamps.forEach((timestamp, index) => {
      const records = values[index] ?? 0;
      const time = timeOf(timestamp);
      if (records > 0) byTime.set(time, (byTime.get(time) ?? 0) + records);
    });
  }
  return [...byTime].map(([time, records]) => ({ time, records })).sort((a, b) => a.time - b.time);
}

function partOf(buckets: readonly Bucket[], stepMs: number): Part | undefined {
  const first = buckets[0];
  const last = buckets[buckets.length - 1];
  if (!first || !last) return undefined;
  return {
    start: first.time,
    end: last.time + stepMs,
    records: buckets.reduce((sum, { records }) => sum + records, 0),
  };
}
