import type { Row } from "../api/types";
import { timeOf } from "./format";

export interface Column {
  name: string;
  numeric: boolean;
  time: boolean;
}

/** The columns of the rows in order of first appearance, with the type of their values. */
export function columnsOf(rows: readonly Row[]): Column[] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names].map((name) => {
    const values = rows.map((row) => row[name] ?? "").filter((value) => value !== "");
    const time = values.length > 0 && values.every((value) => /^\d{4}-\d\d-\d\dT/.test(value));
    return { name, time, numeric: !time && values.length > 0 && values.every(isNumber) };
  });
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
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
        ? Number(a[name] || Number.NEGATIVE_INFINITY) - Number(b[name] || Number.NEGATIVE_INFINITY) || 0
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

/** Rows as lines over time: one per group (the other columns) and numeric column. */
export function timeSeriesOf(rows: readonly Row[], columns: readonly Column[]): TimeSeries | undefined {
  const time = columns.find((column) => column.time);
  const numbers = columns.filter((column) => column.numeric);
  if (!time || numbers.length === 0) return undefined;
  const groups = columns.filter((column) => !column.numeric && column !== time);
  const times = [...new Set(rows.map((row) => timeOf(row[time.name])))]
    .filter((at) => !Number.isNaN(at))
    .sort((a, b) => a - b);
  const place = new Map(times.map((at, index) => [at, index]));
  const lines = new Map<string, (number | null)[]>();
  for (const row of rows) {
    const index = place.get(timeOf(row[time.name]));
    if (index === undefined) continue;
    for (const { name } of numbers) {
      const group = groups.map((column) => row[column.name] || "(none)").join(" · ");
      const line = group === "" ? name : numbers.length > 1 ? `${group} · ${name}` : group;
      const values = lines.get(line) ?? new Array<number | null>(times.length).fill(null);
      lines.set(line, values);
      const text = row[name];
      if (text) values[index] = Number(text);
    }
  }
  const weight = (values: readonly (number | null)[]) =>
    values.reduce<number>((sum, value) => sum + Math.abs(value ?? 0), 0);
  const all = [...lines]
    .map(([name, values]) => ({ name, values }))
    .sort((a, b) => weight(b.values) - weight(a.values));
  const steps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return {
    times,
    stepMs: steps.length > 0 ? Math.min(...steps) : 60_000,
    series: all.slice(0, MOST_SERIES),
    left: Math.max(0, all.length - MOST_SERIES),
  };
}
