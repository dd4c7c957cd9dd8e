import type { Metrics } from "../api/types";

/** Rates between two readings of the server's counters. */
export interface MetricsSample {
  /** Both ends of the interval, milliseconds since the epoch. */
  from: number;
  time: number;
  rates: Record<"received" | "stored" | "filtered" | "rejected" | "dropped", number>;
  /** Records per second by input. */
  inputs: Record<string, number>;
  /** Records per second by node and input; see {@link inputKey}. */
  rows: Record<string, number>;
  /** Records per second by level. */
  levels: Record<string, number>;
  host: { cpu?: number; memory?: number; disk?: number };
  bufferShare: number;
}

/** 15 minutes, at one reading per second. */
export const HISTORY_MS = 15 * 60_000;

/**
 * The rates between two readings, or `undefined` when there are none: the counters were reset by a restart,
 * or both readings have the same time. Uses counters rather than the server's own averages, so that a reading missed while
 * the connection was lost is still counted.
 */
export function rateBetween(before: Metrics, after: Metrics): MetricsSample | undefined {
  const seconds = (Date.parse(after.time) - Date.parse(before.time)) / 1000;
  if (!(seconds > 0) || after.totals.received < before.totals.received) return undefined;
  // A node that comes or goes takes its counters along.
  if (namesOf(before) !== namesOf(after)) return undefined;
  const rate = (from = 0, to = 0) => Math.max(0, (to - from) / seconds);
  const inputsBefore = new Map(before.inputs.map((input) => [inputKey(input), input.received]));
  const sample: MetricsSample = {
    from: Date.parse(before.time),
    time: Date.parse(after.time),
    rates: {
      received: rate(before.totals.received, after.totals.received),
      stored: rate(before.totals.stored, after.totals.stored),
      filtered: rate(before.totals.filtered, after.totals.filtered),
      rejected: rate(before.totals.rejected, after.totals.rejected),
      dropped: rate(before.totals.dropped, after.totals.dropped),
    },
    inputs: {},
    rows: {},
    levels: {},
    host: {},
    bufferShare: after.buffer.capacity > 0 ? after.buffer.bytes / after.buffer.capacity : 0,
  };
  for (const input of after.inputs) {
    const row = rate(inputsBefore.get(inputKey(input)), input.received);
    sample.rows[inputKey(input)] = row;
    sample.inputs[input.id] = (sample.inputs[input.id] ?? 0) + row;
  }
  for (const [level, count] of Object.entries(after.levels)) sample.levels[level] = rate(before.levels[level], count);
  if (after.host.cpu_usage !== undefined) sample.host.cpu = after.host.cpu_usage;
  if (after.host.memory_usage !== undefined) sample.host.memory = after.host.memory_usage;
  if (after.host.disk_io !== undefined) sample.host.disk = after.host.disk_io;
  return sample;
}

/** Tells inputs of several nodes apart. */
export function inputKey({ id, node }: { id: string; node?: string }): string {
  return node === undefined ? id : `${node} ${id}`;
}

function namesOf({ nodes }: Metrics): string {
  return (nodes ?? []).map(({ node }) => node).join(" ");
}

/** Adds a sample and drops those older than the history. */
export function appendSample(history: readonly MetricsSample[], sample: MetricsSample): MetricsSample[] {
  const oldest = sample.time - HISTORY_MS;
  const kept = history.filter((one) => one.time >= oldest && one.time < sample.time);
  kept.push(sample);
  return kept;
}
