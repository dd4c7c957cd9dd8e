import type { Row } from "../api/types";
import { compareTimes, formatSpan, timeOf } from "./format";
import { isLevel } from "./levels";

/** The records of one app on one host. */
export interface Lane {
  name: string;
  records: number;
  /** Milliseconds since the first record of all lanes. */
  start: number;
  end: number;
}

export interface TimelineItem {
  row: Row;
  /** The index of its lane. */
  lane: number;
  /** Milliseconds since the first record, with the digits below. */
  at: number;
  /** Milliseconds since the record before; 0 for the first one. */
  gap: number;
}

export interface Timeline {
  /** In the order in which they begin. */
  lanes: Lane[];
  /** Oldest first. */
  items: TimelineItem[];
  /** From the first record to the last, in milliseconds. */
  span: number;
  /** Gaps of at least this many milliseconds are long ones. */
  longGap: number;
}

/** A gap is long where the records spend this share of all the time in it. */
const LONG_SHARE = 0.1;

/** Records in order, in lanes of their app and host, with the time between them. */
export function timelineOf(rows: readonly Row[]): Timeline {
  const ordered = rows
    .filter(({ _time }) => !Number.isNaN(timeOf(_time)))
    .sort((a, b) => compareTimes(a._time ?? "", b._time ?? ""));
  const first = ordered[0]?._time ?? "";
  const lanes: Lane[] = [];
  const places = new Map<string, number>();
  let before = 0;
  const items = ordered.map((row): TimelineItem => {
    const name = laneOf(row);
    const at = between(first, row._time ?? "");
    let place = places.get(name);
    if (place === undefined) {
      places.set(name, (place = lanes.length));
      lanes.push({ name, records: 0, start: at, end: at });
    }
    const lane = lanes[place];
    if (lane) {
      lane.records++;
      lane.end = at;
    }
    const gap = at - before;
    before = at;
    return { row, lane: place, at, gap };
  });
  return { lanes, items, span: before, longGap: Math.max(before * LONG_SHARE, 1e-6) };
}

function laneOf({ app, host, logger }: Row): string {
  return [app || logger, host].filter((part) => part !== undefined && part !== "").join(" · ") || "(unknown)";
}

/** Milliseconds from one time to a later one, to the nanosecond. */
function between(from: string, to: string): number {
  return timeOf(to) - timeOf(from) + (belowMs(to) - belowMs(from)) / 1e6;
}

/** The nanoseconds of a time that its milliseconds leave out. */
function belowMs(time: string): number {
  return Number((/\.\d{3}(\d{1,6})/.exec(time)?.[1] ?? "").padEnd(6, "0"));
}

/** A length of time as a waterfall shows it: "340µs", "12.5ms", "1.20s", "3m 5s". */
export function gapText(ms: number): string {
  if (ms <= 0) return "0";
  if (ms < 1) return `${Math.max(1, Math.round(ms * 1000))}µs`;
  if (ms < 100) return `${ms.toFixed(1).replace(/\.0$/, "")}ms`;
  if (ms < 1_000) return `${Math.round(ms)}ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(2)}s`;
  return formatSpan(ms);
}

/** What many records of one story share. */
const STORIES = new Set(
  "trace request req correlation order session transaction tx job thread task block batch conn connection invoice payment instance call".split(
    " ",
  ),
);
/** What may follow: `order_no`, `thread.name`. */
const IDS = new Set(["id", "no", "number", "name", "uuid", "key"]);
/** Long enough not to be a usual number or word. */
const SHARED_VALUE =
  /^(?:[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\w+-[0-9a-f]{8,})$/i;

/** Whether a field's value may tie records together that belong to one story. */
export function isShared(name: string, value: string): boolean {
  if (name.startsWith("_") || value === "" || value.length > 200 || isLevel(value)) return false;
  return isSharedName(name) || SHARED_VALUE.test(value);
}

function isSharedName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const last = words[words.length - 1] ?? "";
  const before = words[words.length - 2];
  if (STORIES.has(last)) return true;
  return before !== undefined && (last === "id" || last === "uuid" || (STORIES.has(before) && IDS.has(last)));
}
