import type { Row } from "../api/types";
import { filterPart } from "./logsql";
import { addFilter, equals, fieldName } from "./queryEdit";
import { numberOf } from "./resultTable";

/** How the values of a field are spread over the records that a query selects. */
export interface Distribution {
  /** Records that have the field. */
  records: number;
  /** Of those, the ones with the value that was asked for. */
  same: number;
  /** Different values. */
  values: number;
  /** Of a field whose smallest and largest values are numbers. */
  numbers?: { min: number; median: number; p99: number; max: number };
}

/** The query that counts a field's values, over the records that a query's filter selects. */
export function distributionQuery(query: string, field: string, value: string): string {
  const name = fieldName(field);
  const records = addFilter(filterPart(query), `${name}:*`);
  return (
    `${records} | stats count() records, count() if (${equals(field, value)}) same, count_uniq(${name}) values, ` +
    `min(${name}) low, quantile(0.5, ${name}) median, quantile(0.99, ${name}) p99, max(${name}) high`
  );
}

/** The answer to {@link distributionQuery}. */
export function distributionOf(row: Row | undefined): Distribution | undefined {
  if (!row) return undefined;
  const [min, median, p99, max] = [row.low, row.median, row.p99, row.high].map(numberOf);
  const shape = { records: Number(row.records), same: Number(row.same), values: Number(row.values) };
  if (min === undefined || median === undefined || p99 === undefined || max === undefined) return shape;
  return { ...shape, numbers: { min, median, p99, max } };
}
