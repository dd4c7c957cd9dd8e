import type { Row } from "../api/types";
import { formatClock, formatDateTime, timeOf } from "./format";
import { isLevel } from "./levels";

/** Fields that the server makes itself; shown last in a record's detail and never offered as columns. */
export const BUILT_IN = ["_time", "_stream", "_stream_id", "_msg"] as const;

/** A record's time for a row: the clock alone, or with the date where rows of several days stand together. */
export function rowTime(row: Row, withDate: boolean): string {
  const time = timeOf(row._time);
  if (Number.isNaN(time)) return row._time ?? "";
  return withDate ? formatDateTime(time).slice(5) : formatClock(time);
}

/** Who wrote a record, as far as it says. */
export function sourceOf(row: Row): string {
  return row.app || row.host || row.logger || "";
}

/** The part of a message that fits on one line, and how many more lines there are. */
export function firstLine(message: string): { text: string; more: number } {
  const end = message.indexOf("\n");
  if (end < 0) return { text: message, more: 0 };
  return {
    text: message.slice(0, end),
    more: message
      .slice(end + 1)
      .replace(/\n$/, "")
      .split("\n").length,
  };
}

/** The beginning of a text that is too long to be drawn, and how many characters of it are left out. Never cuts a character in two. */
export function clip(text: string, most: number): { text: string; left: number } {
  if (text.length <= most) return { text, left: 0 };
  const last = text.charCodeAt(most - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? most - 1 : most;
  return { text: text.slice(0, end), left: text.length - end };
}

/** The query that finds a record again: its stream and its time to the nanosecond. Nothing where the row does not tell them. */
export function queryFor(row: Row): string | undefined {
  if (!row._time || !row._stream) return undefined;
  return `${row._stream.startsWith("{") ? row._stream : `_stream_id:${row._stream_id ?? ""}`} _time:${row._time}`;
}

/** The level as a row prints it: at most five letters, whatever the sender wrote. */
export function levelText(level: string | undefined): string {
  if (!level) return "";
  return isLevel(level) ? level : level.slice(0, 5).toUpperCase();
}

/** A record's fields in reading order: message and sender's fields by name, then what the server made. */
export function orderedFields(row: Row): [string, string][] {
  const builtIn = new Set<string>(BUILT_IN);
  const own = Object.entries(row)
    .filter(([name, value]) => !builtIn.has(name) && value !== "")
    .sort(([a], [b]) => a.localeCompare(b));
  const made = BUILT_IN.filter((name) => name !== "_msg" && row[name]).map((name): [string, string] => [
    name,
    row[name] ?? "",
  ]);
  return [...own, ...made];
}

/** A record as one line of JSON with its time and message first. */
export function toJson(row: Row): string {
  const { _time, _msg, ...rest } = row;
  return JSON.stringify({ ...(_time !== undefined && { _time }), ...(_msg !== undefined && { _msg }), ...rest });
}
