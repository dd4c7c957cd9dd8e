import type { Row } from "../api/types";
import { formatClock, formatDateTime, timeOf } from "./format";
import { isLevel } from "./levels";

/** Fields that the server adds; shown last in a record's details and never offered as columns. */
export const BUILT_IN = ["_time", "_stream", "_stream_id", "_msg"] as const;

/** A record's time for a row: the clock time, with the date where rows span several days. */
export function rowTime(row: Row, withDate: boolean): string {
  const time = timeOf(row._time);
  if (Number.isNaN(time)) return row._time ?? "";
  return withDate ? formatDateTime(time).slice(5) : formatClock(time);
}

/** The sender of a record, if known. */
export function sourceOf(row: Row): string {
  return row.app || row.host || row.logger || "";
}

/** The first line of a message, and the number of further lines. */
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

/** The beginning of a text that is too long to show, and the number of omitted characters. Never splits a character. */
export function clip(text: string, most: number): { text: string; left: number } {
  if (text.length <= most) return { text, left: 0 };
  const last = text.charCodeAt(most - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? most - 1 : most;
  return { text: text.slice(0, end), left: text.length - end };
}

/** A query that finds this record: its stream and its exact time; `undefined` where the row lacks them. */
export function queryFor(row: Row): string | undefined {
  if (!row._time || !row._stream) return undefined;
  return `${row._stream.startsWith("{") ? row._stream : `_stream_id:${row._stream_id ?? ""}`} _time:${row._time}`;
}

/** The level as shown in a row: at most five letters. */
export function levelText(level: string | undefined): string {
  if (!level) return "";
  return isLevel(level) ? level : level.slice(0, 5).toUpperCase();
}

/** A record's fields in reading order: the sender's fields by name, then those that the server added. */
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

/** Whether two rows show the same record, though they were loaded at different times. */
export function sameRow(a: Row, b: Row): boolean {
  return a === b || (a._time === b._time && a._stream_id === b._stream_id && a._msg === b._msg);
}
