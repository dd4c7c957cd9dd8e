import type { Facet, Row, ValueHits } from "../api/types";
import { BUILT_IN } from "./record";

export interface FieldSummary {
  name: string;
  /** Records that have the field; absent where not counted. */
  hits?: number;
  /** Most frequent values, where already known. */
  values?: ValueHits[];
}

/** Values shown of each field. */
export const VALUES_SHOWN = 8;

/** Common fields, listed first. */
const FIRST = ["level", "app", "host", "logger", "category", "facility"];

/** A field with more distinct values in the loaded rows is an identifier and not useful for grouping. */
const MOST_LOCAL_VALUES = 100;

function rank(name: string): number {
  const at = FIRST.indexOf(name);
  return at < 0 ? FIRST.length : at;
}

function byUse(a: FieldSummary, b: FieldSummary): number {
  return rank(a.name) - rank(b.name) || (b.hits ?? 0) - (a.hits ?? 0) || a.name.localeCompare(b.name);
}

/** Merges the server's field names with counts and the frequent values of some fields. */
export function summarise(names: readonly ValueHits[], facets: readonly Facet[]): FieldSummary[] {
  const values = new Map(
    facets.map((facet) => [
      facet.field_name,
      facet.values.map(({ field_value, hits }) => ({ value: field_value, hits })),
    ]),
  );
  const known = new Map(names.map(({ value, hits }) => [value, hits]));
  for (const name of values.keys()) {
    if (!known.has(name))
      known.set(
        name,
        (values.get(name) ?? []).reduce((sum, { hits }) => sum + hits, 0),
      );
  }
  return [...known]
    .filter(([name]) => !isBuiltIn(name))
    .map(([name, hits]): FieldSummary => {
      const frequent = values.get(name);
      return { name, hits, ...(frequent && { values: frequent }) };
    })
    .sort(byUse);
}

/** The same from the loaded rows, for a server that does not count fields. */
export function summariseRows(rows: readonly Row[], valuesShown: number): FieldSummary[] {
  const counts = new Map<string, Map<string, number>>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      if (value === "" || isBuiltIn(name)) continue;
      let values = counts.get(name);
      if (!values) counts.set(name, (values = new Map<string, number>()));
      values.set(value, (values.get(value) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([name, values]): FieldSummary => {
      const sorted = [...values].map(([value, hits]) => ({ value, hits })).sort((a, b) => b.hits - a.hits);
      const hits = sorted.reduce((sum, one) => sum + one.hits, 0);
      return { name, hits, ...(sorted.length <= MOST_LOCAL_VALUES && { values: sorted.slice(0, valuesShown) }) };
    })
    .sort(byUse);
}

function isBuiltIn(name: string): boolean {
  return (BUILT_IN as readonly string[]).includes(name);
}
