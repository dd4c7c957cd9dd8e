import { t } from "../i18n";
import { formatDateTime, formatDuration, parseDuration } from "./format";
import { timeAt } from "./zone";

/** Two ends in milliseconds. */
export interface FixedRange {
  start: number;
  end: number;
}

/** A time range: relative to now, between two fixed ends (milliseconds), or everything stored. */
export type TimeRange =
  { kind: "last"; duration: string } | { kind: "between"; start: number; end: number } | { kind: "all" };

export interface Span {
  start?: number;
  end?: number;
}

export const DEFAULT_RANGE: TimeRange = { kind: "last", duration: "1h" };

export const RELATIVE_CHOICES: readonly { duration: string; label: string }[] = [
  {
    duration: "5m",
    get label() {
      return t("Last 5 minutes");
    },
  },
  {
    duration: "15m",
    get label() {
      return t("Last 15 minutes");
    },
  },
  {
    duration: "1h",
    get label() {
      return t("Last hour");
    },
  },
  {
    duration: "6h",
    get label() {
      return t("Last 6 hours");
    },
  },
  {
    duration: "24h",
    get label() {
      return t("Last 24 hours");
    },
  },
  {
    duration: "7d",
    get label() {
      return t("Last 7 days");
    },
  },
  {
    duration: "30d",
    get label() {
      return t("Last 30 days");
    },
  },
];

/** The ends of a range at a given time. Only the range over everything leaves them open. */
export function resolveRange(range: TimeRange, now: number): Span {
  if (range.kind === "all") return {};
  if (range.kind === "between") return { start: range.start, end: range.end };
  return { start: now - (parseDuration(range.duration) ?? 3_600_000), end: now };
}

export function rangeLabel(range: TimeRange): string {
  if (range.kind === "all") return t("All time");
  if (range.kind === "last") {
    const choice = RELATIVE_CHOICES.find(({ duration }) => duration === range.duration);
    return choice?.label ?? t("Last {duration}", { duration: formatDuration(range.duration) });
  }
  const start = formatDateTime(range.start, false);
  const end = formatDateTime(range.end, false);
  const sameDay = start.slice(0, 10) === end.slice(0, 10);
  return `${start} – ${sameDay ? end.slice(11) : end}`;
}

/** "1h", "all", or "2026-11-21T09:00:00.000Z~2026-11-21T10:00:00.000Z". */
export function encodeRange(range: TimeRange): string {
  if (range.kind === "all") return "all";
  if (range.kind === "last") return range.duration;
  return `${new Date(range.start).toISOString()}~${new Date(range.end).toISOString()}`;
}

export function decodeRange(text: string | null | undefined): TimeRange | undefined {
  if (!text) return undefined;
  if (text === "all") return { kind: "all" };
  if (parseDuration(text) !== undefined) return { kind: "last", duration: text };
  const [start, end] = text.split("~").map((part) => Date.parse(part));
  if (start === undefined || end === undefined || !(start < end)) return undefined;
  return { kind: "between", start, end };
}

/** Possible widths of a histogram's bars, in milliseconds: round fractions of common units. */
const STEPS = [
  1, 5, 10, 50, 100, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000,
  1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000,
  2_592_000_000, 31_536_000_000,
];

/** The narrowest step that covers a range with at most this number of bars. */
export function stepFor(spanMs: number, maxBars: number): number {
  return STEPS.find((step) => spanMs / step <= maxBars) ?? STEPS[STEPS.length - 1] ?? spanMs;
}

/** The value of an `<input type="datetime-local">` with seconds for a time, in the selected time zone. */
export function toLocalInput(ms: number): string {
  return formatDateTime(ms, false).replace(" ", "T");
}

/** The time of such an input's value; `NaN` while it is incomplete. */
export function fromLocalInput(text: string): number {
  const [year, month, day, hour, minute, second = 0] = text.split(/[-T:]/).map(Number);
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined)
    return Number.NaN;
  return timeAt({ year, month, day, hour, minute, second: Math.floor(second) });
}

/** The range zoomed around its middle, or shifted by a fraction of its length; `undefined` for an open range. */
export function reshape(range: TimeRange, now: number, by: { zoom?: number; shift?: number }): TimeRange | undefined {
  const { start, end } = resolveRange(range, now);
  if (start === undefined || end === undefined) return undefined;
  const length = end - start;
  const middle = start + length / 2 + length * (by.shift ?? 0);
  const half = (length / 2) * (by.zoom ?? 1);
  return { kind: "between", start: Math.max(0, Math.round(middle - half)), end: Math.round(middle + half) };
}
