import type { Asked } from "../api/query";
import { pipeNames, tokenize } from "./logsql";

/** Pipes that process each row by itself, so that a query can run on parts of its range. */
const ROW_WISE = new Set([
  "collapse_nums",
  "copy",
  "cp",
  "decolorize",
  "delete",
  "del",
  "drop",
  "rm",
  "drop_empty_fields",
  "eval",
  "extract",
  "extract_regexp",
  "fields",
  "keep",
  "filter",
  "where",
  "format",
  "hash",
  "json_array_len",
  "len",
  "math",
  "mv",
  "pack_json",
  "pack_logfmt",
  "pattern",
  "rename",
  "replace",
  "replace_regexp",
  "unpack_json",
  "unpack_logfmt",
  "unpack_syslog",
  "unpack_words",
]);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A shorter range is queried at once. */
const SHORT_MS = 3 * HOUR_MS;

/** Slices of a range, counted from its end; each is eight times as long as the one before it. */
const SHARES = [512, 64, 8];

/** Where an open range is cut, counted back from now. */
const OPEN_CUTS_MS = [HOUR_MS, DAY_MS, 30 * DAY_MS];

/** True where the newest records of a slice are also the newest of all: for filters and row-wise pipes. */
export function isSliceable(query: string): boolean {
  const pipes = pipeNames(query);
  // A subquery would also be limited to the slice and change the result.
  const bars = tokenize(query).filter(({ kind }) => kind === "pipe").length;
  return bars === pipes.length && pipes.every((pipe) => ROW_WISE.has(pipe)) && !/^\s*options\b/.test(query);
}

/**
 * Splits a query into the same query over slices of its range, the newest first. Run one after the other until enough rows
 * have arrived, they show the newest records at once, however long the search through older ones takes.
 */
export function slicesOf(asked: Asked, now: number): Asked[] {
  const { query, start } = asked;
  const end = asked.end ?? now;
  if (!isSliceable(query) || (start !== undefined && end - start <= SHORT_MS)) return [asked];
  const cuts =
    start === undefined ? OPEN_CUTS_MS.map((back) => end - back) : SHARES.map((share) => end - (end - start) / share);
  const slices: Asked[] = [];
  let before = asked.end;
  for (const cut of cuts.map(Math.floor)) {
    if (start !== undefined && end - cut < 5 * MINUTE_MS) continue;
    slices.push({ query, start: cut, ...(before !== undefined && { end: before }) });
    // The end of a range is the first moment that does not belong to it.
    before = cut;
  }
  slices.push({ query, ...(start !== undefined && { start }), ...(before !== undefined && { end: before }) });
  return slices;
}
