import { msg, type Message } from "../i18n";
import type { Row } from "../api/types";
import { equals } from "./queryEdit";

/** Whose lines are around a record. */
export type Scope = "stream" | "host" | "all";

export const SCOPES: readonly { scope: Scope; label: Message }[] = [
  { scope: "stream", label: msg("This stream") },
  { scope: "host", label: msg("All streams of this host") },
  { scope: "all", label: msg("All streams") },
];

export type Side = "before" | "after";

/** Lines of one request. */
export const PAGE = 60;
/** Lines kept; beyond, those at the far end go, and are loaded again when one returns. */
export const KEPT = 600;
/** A request for so many lines of one time gives up: there is no end in sight. */
export const MOST_EQUAL = 20_000;

/** The record's id for the context API; `undefined` where the row lacks its stream or time. */
export function contextId(row: Row): string | undefined {
  return row._stream_id && row._time && row._stream && row._stream !== "{}"
    ? `${row._stream_id}@${row._time}`
    : undefined;
}

/** The filter of a scope; `undefined` where the row does not say its host. */
export function scopeFilter(row: Row, scope: Scope): string | undefined {
  if (scope === "all") return "*";
  if (scope === "host") return row.host ? equals("host", row.host) : undefined;
  return row._stream_id ? `_stream_id:${row._stream_id}` : undefined;
}

/** The query of the lines on one side of a time, those nearest to it first, with those of that time. */
export function pageQuery(filter: string, side: Side, time: string, limit: number): string {
  return side === "before"
    ? `${filter} _time:<=${time} | sort by (_time desc) limit ${limit}`
    : `${filter} _time:>=${time} | sort by (_time) limit ${limit}`;
}

function identity(row: Row): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Some lines in the order of their times. */
export interface Lines {
  rows: readonly Row[];
  /** The number of the first one, by which a line is known although others come before it. */
  firstId: number;
  /** Whether there may be more on either side. */
  more: Readonly<Record<Side, boolean>>;
}

/** The lines of one time at an edge, which a page from there contains again. */
export function edge(lines: Lines, side: Side): { time: string; count: number } {
  const row = side === "before" ? lines.rows[0] : lines.rows[lines.rows.length - 1];
  const time = row?._time ?? "";
  return { time, count: lines.rows.filter(({ _time }) => _time === time).length };
}

/**
 * The lines with a page that was read from their edge on, nearest first. Lines of the edge's time that are known are left
 * out, as often as they are known. The far end is cut.
 *
 * @param limit how many lines were asked for; a page with fewer is the last one
 */
export function grown(lines: Lines, side: Side, page: readonly Row[], limit: number): Lines {
  const { time } = edge(lines, side);
  const known = new Map<string, number>();
  for (const row of lines.rows) if (row._time === time) known.set(identity(row), (known.get(identity(row)) ?? 0) + 1);
  const fresh = page.filter((row) => {
    const times = row._time === time ? (known.get(identity(row)) ?? 0) : 0;
    if (times > 0) known.set(identity(row), times - 1);
    return times === 0;
  });
  const more = { ...lines.more, [side]: page.length >= limit };
  if (side === "before") {
    const rows = [...fresh.reverse(), ...lines.rows];
    const cut = rows.length > KEPT;
    return {
      rows: rows.slice(0, KEPT),
      firstId: lines.firstId - fresh.length,
      more: { ...more, ...(cut && { after: true }) },
    };
  }
  const rows = [...lines.rows, ...fresh];
  const cut = Math.max(0, rows.length - KEPT);
  return { rows: rows.slice(cut), firstId: lines.firstId + cut, more: { ...more, ...(cut > 0 && { before: true }) } };
}

/** The index of the record among the lines; where the query's pipes have changed the row, of one of the same time. */
export function placeOf(row: Row, rows: readonly Row[]): number {
  const wanted = identity(row);
  const same = rows.findIndex((one) => identity(one) === wanted);
  if (same >= 0) return same;
  return Math.max(
    0,
    rows.findIndex(({ _time, _stream_id }) => _time === row._time && _stream_id === row._stream_id),
  );
}
