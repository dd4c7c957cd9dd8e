import type { HitsSeries } from "../api/types";
import { shownLevel, STACK_ORDER, type ShownLevel } from "./levels";
import { HISTORY_MS, type MetricsSample } from "./metricsHistory";
import { timeOf } from "./format";

/** Width of a point in the overview's charts: 180 of them cover 15 minutes. */
export const BUCKET_MS = 5_000;

export interface LiveSeries {
  /** Starts of the buckets, milliseconds since the epoch. */
  times: number[];
  series: { name: string; values: (number | null)[] }[];
}

function bucketTimes(now: number): number[] {
  const end = Math.floor(now / BUCKET_MS) * BUCKET_MS;
  const count = HISTORY_MS / BUCKET_MS;
  return Array.from({ length: count }, (_, index) => end - (count - 1 - index) * BUCKET_MS);
}

/** Averages samples into buckets, weighted by how long each sample overlaps each bucket; buckets without samples are `null`. */
function average(
  times: readonly number[],
  history: readonly MetricsSample[],
  names: readonly string[],
  rateOf: (sample: MetricsSample, name: string) => number,
): (number | null)[][] {
  const first = times[0] ?? 0;
  const sums = names.map(() => new Float64Array(times.length));
  const covered = new Float64Array(times.length);
  for (const sample of history) {
    const from = Math.max(0, Math.floor((sample.from - first) / BUCKET_MS));
    const to = Math.min(times.length - 1, Math.floor((sample.time - first) / BUCKET_MS));
    for (let bucket = from; bucket <= to; bucket++) {
      const start = first + bucket * BUCKET_MS;
      const overlap = Math.min(sample.time, start + BUCKET_MS) - Math.max(sample.from, start);
      if (overlap <= 0) continue;
      covered[bucket] = (covered[bucket] ?? 0) + overlap;
      sums.forEach((sum, index) => {
        sum[bucket] = (sum[bucket] ?? 0) + rateOf(sample, names[index] ?? "") * overlap;
      });
    }
  }
  return sums.map((sum) =>
    Array.from(sum, (value, bucket) => ((covered[bucket] ?? 0) > 0 ? value / (covered[bucket] ?? 1) : null)),
  );
}

/** Records per second of every active input over the last 15 minutes, as far as this console has been open. */
export function inputSeries(history: readonly MetricsSample[], now: number): LiveSeries {
  const times = bucketTimes(now);
  const received = history.flatMap((sample) => Object.entries(sample.inputs).filter(([, rate]) => rate > 0));
  const names = [...new Set(received.map(([name]) => name))];
  const values = average(times, history, names, (sample, name) => sample.inputs[name] ?? 0);
  return { times, series: names.map((name, index) => ({ name, values: values[index] ?? [] })) };
}

/** Records per second stored before this console was opened, over all inputs together. */
export function storedBefore(
  history: readonly MetricsSample[],
  seed: readonly HitsSeries[],
  now: number,
): (number | null)[] {
  const times = bucketTimes(now);
  const watched = history[0]?.from ?? Number.POSITIVE_INFINITY;
  const values: (number | null)[] = times.map((time) => (seed.length > 0 && time < watched ? 0 : null));
  for (const { timestamps, values: counts } of seed) {
    timestamps.forEach((timestamp, index) => {
      const bucket = Math.round((timeOf(timestamp) - (times[0] ?? 0)) / BUCKET_MS);
      const before = values[bucket];
      if (before !== null && before !== undefined) values[bucket] = before + (counts[index] ?? 0) / (BUCKET_MS / 1000);
    });
  }
  return values;
}

/**
 * Records per second by level over the last 15 minutes: stored records (`seed`, counts per bucket) until this console
 * was opened, live counters after that.
 */
export function levelSeries(history: readonly MetricsSample[], seed: readonly HitsSeries[], now: number): LiveSeries {
  const times = bucketTimes(now);
  const names = [...new Set(history.flatMap((sample) => Object.keys(sample.levels)))];
  const live = average(times, history, names, (sample, name) => sample.levels[name] ?? 0);
  const byLevel = new Map<ShownLevel, (number | null)[]>();
  const valuesOf = (level: ShownLevel) => {
    let values = byLevel.get(level);
    if (!values) byLevel.set(level, (values = times.map(() => null)));
    return values;
  };
  names.forEach((name, index) => addTo(valuesOf(shownLevel(name)), live[index] ?? []));
  const watched = history[0]?.from ?? Number.POSITIVE_INFINITY;
  for (const { fields, timestamps, values } of seed) {
    const target = valuesOf(shownLevel(fields.level));
    timestamps.forEach((timestamp, index) => {
      const start = timeOf(timestamp);
      const bucket = Math.round((start - (times[0] ?? 0)) / BUCKET_MS);
      if (start >= watched || bucket < 0 || bucket >= times.length) return;
      target[bucket] = Math.max(target[bucket] ?? 0, (values[index] ?? 0) / (BUCKET_MS / 1000));
    });
  }
  // A bucket with a value for one level has zero records of the levels without one.
  const known = times.map((_, bucket) => [...byLevel.values()].some((values) => values[bucket] !== null));
  for (const values of byLevel.values()) {
    values.forEach((value, bucket) => {
      if (value === null && known[bucket]) values[bucket] = 0;
    });
  }
  return {
    times,
    series: STACK_ORDER.filter((level) => byLevel.has(level)).map((name) => ({
      name,
      values: byLevel.get(name) ?? [],
    })),
  };
}

function addTo(target: (number | null)[], values: readonly (number | null)[]): void {
  values.forEach((value, index) => {
    if (value !== null) target[index] = (target[index] ?? 0) + value;
  });
}
