import { msg, type Message } from "../i18n";
import type { Metrics } from "../api/types";
import type { Unit } from "./dashboards";
import { formatBytes, formatCount, formatFigure, formatPercents, formatRate } from "./format";
import { pipeNames, pipePositions } from "./logsql";
import type { SeriesLines } from "./series";
import { gridOf } from "./timeGrid";
import type { Span } from "./timeRange";
import type { MetricsSample } from "./metricsHistory";

/** What panels make of their data. */

/** Whether a query can be computed in steps of time: it ends in stats that do not group by time themselves. */
export function isStepwise(query: string): boolean {
  const names = pipeNames(query);
  const last = names.lastIndexOf("stats");
  if (last < 0 || names.slice(last + 1).some((name) => CUTS.has(name))) return false;
  const positions = pipePositions(query);
  return !/\b_time\s*[:,)]/.test(query.slice(positions[last], positions[last + 1]));
}

/** The server refuses these in a range of stats: they would cut across steps. */
const CUTS = new Set(["limit", "head", "offset", "skip"]);

/** Lines over the whole range: where there was no step, counts are 0 and others have a gap. */
export function widened(lines: SeriesLines, { start, end }: Span, stepMs: number, missing: 0 | null): SeriesLines {
  const [first] = lines.times;
  if (first === undefined) return lines;
  const last = lines.times.at(-1) ?? first;
  const times = gridOf(Math.min(start ?? first, first), Math.max((end ?? last) - 1, last), stepMs, first);
  const shift = Math.round((first - (times[0] ?? first)) / stepMs);
  return {
    ...lines,
    times,
    series: lines.series.map(({ name, values }) => ({
      name,
      values: times.map((_, index) => values[index - shift] ?? missing),
    })),
  };
}

export function formatUnit(value: number, unit: Unit | undefined): string {
  if (!Number.isFinite(value)) return "–";
  switch (unit) {
    case "bytes":
      return formatBytes(value);
    case "milliseconds":
      return value >= 1_000 ? `${short(value / 1_000)} s` : `${short(value)} ms`;
    case "seconds":
      return value < 1 && value > 0 ? `${short(value * 1_000)} ms` : `${short(value)} s`;
    case "percent":
      return formatPercents(value, 1);
    case "per-second":
      return `${formatRate(value)}/s`;
    default:
      return short(value);
  }
}

function short(value: number): string {
  return Math.abs(value) < 1_000 ? formatFigure(Number(value.toPrecision(3))) : formatCount(value);
}

/** A figure of the server's reading by its path, such as `rates.received`. */
export function metricValue(metrics: Metrics | undefined, path: string): number | undefined {
  let value: unknown = metrics;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === "number" ? value : undefined;
}

/** The last minutes of a figure; `undefined` for figures whose past the console does not keep. */
export function metricHistory(
  history: readonly MetricsSample[],
  path: string,
): { times: number[]; values: (number | null)[] } | undefined {
  const [group, name = ""] = path.split(".");
  const read = readers[group ?? ""];
  if (!read) return undefined;
  const values = history.map((sample) => read(sample, name) ?? null);
  return { times: history.map(({ time }) => time), values };
}

const readers: Record<string, (sample: MetricsSample, name: string) => number | undefined> = {
  rates: ({ rates }, name) => rates[name as keyof typeof rates],
  host: ({ host }, name) => host[HOST_NAMES[name] ?? "cpu"],
};

const HOST_NAMES: Record<string, "cpu" | "memory" | "disk"> = {
  cpu_usage: "cpu",
  memory_usage: "memory",
  disk_io: "disk",
};

/** Figures that a panel can show, by what they mean. */
export const METRICS: readonly (readonly [string, Message])[] = [
  ["rates.received", msg("Received per second")],
  ["rates.stored", msg("Stored per second")],
  ["rates.filtered", msg("Filtered per second")],
  ["rates.rejected", msg("Rejected per second")],
  ["rates.dropped", msg("Dropped per second")],
  ["totals.received", msg("Received since the start")],
  ["totals.stored", msg("Stored since the start")],
  ["totals.filtered", msg("Filtered since the start")],
  ["totals.rejected", msg("Rejected since the start")],
  ["totals.dropped", msg("Dropped since the start")],
  ["connections", msg("Connected senders")],
  ["buffer.bytes", msg("Buffer in use")],
  ["storage.records", msg("Records on disk")],
  ["storage.bytes", msg("Bytes on disk")],
  ["storage.freeBytes", msg("Bytes free")],
  ["host.cpu_usage", msg("CPU of the machine")],
  ["host.memory_usage", msg("Memory of the machine")],
  ["host.disk_io", msg("Busiest disk")],
  ["alerts.firing", msg("Firing alerts")],
  ["alerts.pending", msg("Pending alerts")],
];

export type Piece = { kind: "text"; text: string } | { kind: "link"; text: string };

/** A panel's text in paragraphs of words and web addresses. Nothing in it is markup. */
export function paragraphs(text: string): Piece[][] {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== "")
    .map((part) =>
      part.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).flatMap((piece, index): Piece[] => {
        if (piece === "") return [];
        return [{ kind: index % 2 === 1 ? "link" : "text", text: piece }];
      }),
    );
}
