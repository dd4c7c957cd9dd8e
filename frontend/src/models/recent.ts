import { encodeRange, decodeRange, type TimeRange } from "./timeRange";

/** A query that ran in this browser. */
export interface RecentQuery {
  query: string;
  range: TimeRange;
  /** When it ran last, milliseconds since the epoch. */
  time: number;
}

const KEY = "logcaster.recent";
const MOST = 50;
/** Longer queries are not remembered: browsers give a page little room. */
const LONGEST = 2_000;

/** The queries that ran, the latest first, each once. */
export function recentQueries(): RecentQuery[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    if (!Array.isArray(stored)) return [];
    return stored.flatMap((item: unknown) => {
      const { query, range, time } = (item ?? {}) as Record<string, unknown>;
      const known = typeof range === "string" ? decodeRange(range) : undefined;
      return typeof query === "string" && typeof time === "number" && known ? [{ query, range: known, time }] : [];
    });
  } catch {
    return [];
  }
}

/** Forgets all queries. */
export function forgetRecent(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Where storage is blocked, there is nothing to forget.
  }
}

/** Remembers that a query ran. */
export function remember(query: string, range: TimeRange, time: number): void {
  if (query === "*" || query.length > LONGEST) return;
  const others = recentQueries().filter((one) => one.query !== query);
  const all = [{ query, range, time }, ...others].slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(all.map((one) => ({ ...one, range: encodeRange(one.range) }))));
  } catch {
    // Where storage is blocked or full, nothing is remembered.
  }
}
