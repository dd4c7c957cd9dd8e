import { closed, filterPart } from "./logsql";
import { fieldName } from "./queryEdit";

/** What a field of numbers is like: its ends, its middle, and what one of a hundred values exceeds. */
export interface NumberRange {
  min: number;
  median: number;
  p99: number;
  max: number;
}

/** Longer ones are identifiers. */
const NUMBER = /^-?\d{1,15}(?:\.\d+)?$/;

/** Whether a field's frequent values are numbers, so that their distribution says more than each. */
export function areNumbers(values: readonly string[]): boolean {
  const present = values.filter((value) => value !== "");
  return present.length > 1 && present.every((value) => NUMBER.test(value));
}

/** The query for the range of a field's numbers, over the records that another query's filters select. */
export function rangeQuery(query: string, field: string): string {
  const name = fieldName(field);
  // Records without the field would count as empty values.
  return `${closed(filterPart(query))} | filter ${name}:* | stats min(${name}) low, median(${name}) mid, quantile(0.99, ${name}) most, max(${name}) high`;
}

/** The range from the row of that query; `undefined` where the field has other values as well. */
export function numberRange(row: Readonly<Record<string, string>> | undefined): NumberRange | undefined {
  const [min, median, p99, max] = ["low", "mid", "most", "high"].map((name) => {
    const text = row?.[name] ?? "";
    return text === "" ? Number.NaN : Number(text);
  });
  const known = [min, median, p99, max].every((value) => Number.isFinite(value));
  return known ? { min: min ?? 0, median: median ?? 0, p99: p99 ?? 0, max: max ?? 0 } : undefined;
}
