import type { Row } from "../api/types";
import { compareTimes } from "./format";

function identity(row: Row): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function isSameRecord(a: Row, b: Row): boolean {
  return a._time === b._time && identity(a) === identity(b);
}

/** The record with so many lines before and after it, oldest first; `found` may hold rows twice and in any order. */
export function around(found: readonly Row[], row: Row, lines: number): Row[] {
  const unique = new Map([...found, row].map((one) => [identity(one), one]));
  const sorted = [...unique.values()].sort((a, b) => compareTimes(a._time ?? "", b._time ?? ""));
  const at = sorted.findIndex((one) => isSameRecord(one, row));
  return sorted.slice(Math.max(0, at - lines), at + lines + 1);
}
