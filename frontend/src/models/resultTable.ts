import type { Row } from "../api/types";
import { columnOrder, inOrder } from "./columnOrder";
import { parseDuration, timeOf } from "./format";
import { pipePositions } from "./logsql";
import { gridOf, stepOf } from "./timeGrid";

export interface Column {
  name: string;
  numeric: boolean;
  time: boolean;
}

/** The columns of the rows in the order of the query, others in that of first appearance, with the type of their values. */
export function columnsOf(rows: readonly Row[], query = ""): Column[] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return inOrder([...names], columnOrder(query, STATS_FUNCTIONS)).map((name) => {
    const values = rows.map((row) => row[name] ?? "").filter((value) => value !== "");
    const time = values.length > 0 && values.every((value) => /^\d{4}-\d\d-\d\dT/.test(value));
    return { name, time, numeric: !time && values.length > 0 && values.every(isNumber) };
  });
}

/** Those that commonly begin a stats pipe without its name. */
const STATS_FUNCTIONS = new Set(["count", "count_uniq", "sum", "avg", "min", "max", "median", "quantile", "rate"]);

/** What a stats function gives that has nothing to compute, such as the average of no numbers. */
const NO_NUMBER = /^[+-]?(?:nan|inf(?:inity)?)$/i;

function isNumber(text: string): boolean {
  return (text.trim() !== "" && Number.isFinite(Number(text))) || NO_NUMBER.test(text);
}

/** The value of a numeric column; `undefined` where there is none, or where it is not a number. */
export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The names of a query's columns that count something, and are therefore 0 where there are no records. */
export function countColumns(query: string): ReadonlySet<string> {
  const last = pipePositions(query).at(-1) ?? 0;
  const names = new Set<string>();
  const calls =
    /\b(?:count|count_empty|count_uniq|count_uniq_hash)\s*\(([^()]*)\)(?:\s*if\s*\([^()]*\))?\s*(?:as\s+)?([\w.]+)?/g;
  for (const [, , name] of query.slice(last).matchAll(calls)) if (name) names.add(name);
  return names;
}

export function isCount(name: string, counts: ReadonlySet<string>): boolean {
  return counts.has(name) || /^count(?:_empty|_uniq|_uniq_hash)?\(/.test(name);
}

/** The width of the buckets of time that a query groups by, in milliseconds, if it is written there. */
export function bucketOf(query: string): number | undefined {
  const last = pipePositions(query).at(-1);
  if (last === undefined) return undefined;
  return parseDuration(/\b_time\s*:\s*([\w.]+)/.exec(query.slice(last))?.[1] ?? "");
}

export interface Sorting {
  column: string;
  descending: boolean;
}

/** Rows sorted by a column: numerically for numbers, else as text. */
export function sortRows(rows: readonly Row[], column: Column | undefined, descending: boolean): Row[] {
  if (!column) return [...rows];
  const { name, numeric } = column;
  const sign = descending ? -1 : 1;
  return [...rows].sort(
    (a, b) =>
      sign *
      (numeric
        ? (numberOf(a[name]) ?? Number.NEGATIVE_INFINITY) - (numberOf(b[name]) ?? Number.NEGATIVE_INFINITY) || 0
        : (a[name] ?? "").localeCompare(b[name] ?? "")),
  );
}

export interface TimeSeries {
  times: number[];
  stepMs: number;
  series: { name: string; values: (number | null)[] }[];
  /** The number of omitted series, as more colours could not be told apart. */
  left: number;
}

/** The maximum number of lines in a chart. */
const MOST_SERIES = 10;

/** Where a result comes from: its query, and the ends of its range in milliseconds where they are known. */
interface Origin {
  query: string;
  start?: number;
  end?: number;
}

/**
 * Rows as lines over time: one per group (the other columns) and numeric column. The times cover the whole range; a
 * bucket without a row is 0 in a column that counts, and a gap in others.
 */
export function timeSeriesOf(
  rows: readonly Row[],
  columns: readonly Column[],
  origin: Origin = { query: "" },
): TimeSeries | undefined {
  const time = columns.find((column) => column.time);
  const numbers = columns.filter((column) => column.numeric);
  if (!time || numbers.length === 0) return undefined;
  const groups = columns.filter((column) => !column.numeric && column !== time);
  const present = [...new Set(rows.map((row) => timeOf(row[time.name])))]
    .filter((at) => !Number.isNaN(at))
    .sort((a, b) => a - b);
  const stepMs = bucketOf(origin.query) ?? stepOf(present);
  const times = stepMs === undefined ? present : filled(present, stepMs, origin);
  const counts = countColumns(origin.query);
  const full = times.length > present.length;
  const place = new Map(times.map((at, index) => [at, index]));
  const lines = new Map<string, (number | null)[]>();
  for (const row of rows) {
    const index = place.get(timeOf(row[time.name]));
    if (index === undefined) continue;
    for (const { name } of numbers) {
      const group = groups.map((column) => row[column.name] || "(none)").join(" · ");
      const line = group === "" ? name : numbers.length > 1 ? `${group} · ${name}` : group;
      const values =
        lines.get(line) ?? new Array<number | null>(times.length).fill(full && isCount(name, counts) ? 0 : null);
      lines.set(line, values);
      const value = numberOf(row[name]);
      if (value !== undefined) values[index] = value;
    }
  }
  const weight = (values: readonly (number | null)[]) =>
    values.reduce<number>((sum, value) => sum + Math.abs(value ?? 0), 0);
  const all = [...lines]
    .map(([name, values]) => ({ name, values }))
    .sort((a, b) => weight(b.values) - weight(a.values));
  return {
    times,
    stepMs: stepMs ?? 60_000,
    series: all.slice(0, MOST_SERIES),
    left: Math.max(0, all.length - MOST_SERIES),
  };
}

/** All buckets of the range, or those between the first and the last one; only the present ones if they are not regular. */
function filled(present: readonly number[], stepMs: number, { start, end }: Origin): number[] {
  const [first, last] = [present[0], present.at(-1)];
  if (first === undefined || last === undefined) return [];
  // The server includes the end to the end of its millisecond, but a range that ends at a full hour has no bucket after it.
  const wide = gridOf(Math.min(start ?? first, first), Math.max((end ?? last) - 1, last), stepMs, first);
  const grid = wide.at(-1) === undefined || (wide.at(-1) ?? 0) < last ? gridOf(first, last, stepMs, first) : wide;
  const known = new Set(grid);
  return present.every((at) => known.has(at)) ? grid : [...present];
}

/** The figures of a result that is a single row of numbers. */
export function figuresOf(
  rows: readonly Row[],
  columns: readonly Column[],
): { name: string; value: number | undefined }[] {
  const [row] = rows;
  if (!row || rows.length !== 1 || columns.length === 0 || columns.length > MOST_FIGURES) return [];
  if (!columns.every(({ numeric }) => numeric)) return [];
  return columns.map(({ name }) => ({ name, value: numberOf(row[name]) }));
}

/** More numbers than this are read more easily in a table. */
const MOST_FIGURES = 4;
