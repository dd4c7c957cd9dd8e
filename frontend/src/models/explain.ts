import type { ComparedCurves, ComparedSides, ComparedValue } from "../api/compare";
import { patternFilter } from "./patterns";

/** What a share is counted of: a value of a field, or a template. */
export interface Finding {
  key: string;
  /** The field's name and value; absent for a template. */
  field?: { name: string; value: string };
  template?: { text: string; example: string };
  /** Selects the records; absent for a template without words of its own. */
  filter: string | undefined;
  inside: number;
  outside: number;
  ratio: number;
  score: number;
  numbers?: ComparedValue["numbers"];
}

/** A difference with the others that have the same records, and its counts over time once they are known. */
export interface FindingGroup {
  first: Finding;
  same: Finding[];
  curve?: { inside: number[]; outside: number[] };
}

/** All differences in the order in which the server is asked for their curves: values, then templates. */
export function findings({ fields, templates }: ComparedSides): Finding[] {
  return [
    ...fields.map(({ field, value, filter, inside, outside, ratio, score, numbers }): Finding => ({
      key: `${field}\n${value}`,
      field: { name: field, value },
      filter,
      inside,
      outside,
      ratio,
      score,
      ...(numbers && { numbers }),
    })),
    ...templates.map(({ id, template, example, inside, outside, ratio, score }): Finding => ({
      key: id,
      template: { text: template, example },
      filter: patternFilter(template),
      inside,
      outside,
      ratio,
      score,
    })),
  ];
}

/** The differences, best first; those of the same records become one, led by the best of them. */
export function grouped(all: readonly Finding[], curves?: ComparedCurves): FindingGroup[] {
  const groups = curves?.groups ?? all.map((_, index) => [index]);
  return groups
    .flatMap((numbers): FindingGroup[] => {
      const sorted = [...numbers].sort((a, b) => (all[b]?.score ?? 0) - (all[a]?.score ?? 0));
      const [first, ...same] = sorted.flatMap((number) => all[number] ?? []);
      const curve = curves?.curves[sorted[0] ?? -1];
      return first ? [{ first, same, ...(curve && { curve }) }] : [];
    })
    .sort((a, b) => b.first.score - a.first.score);
}

/** The share of all records at each time; `undefined` where there are none. */
export function sharesOf(counts: readonly number[], records: readonly number[]): (number | undefined)[] {
  return counts.map((count, index) => {
    const all = records[index] ?? 0;
    return all > 0 ? count / all : undefined;
  });
}

/** Consecutive known points of a curve, as pairs of position and value; a point alone is a run of one. */
export function runsOf(values: readonly (number | undefined)[]): [number, number][][] {
  const runs: [number, number][][] = [];
  let open: [number, number][] | undefined;
  values.forEach((value, index) => {
    if (value === undefined) open = undefined;
    else if (open) open.push([index, value]);
    else runs.push((open = [[index, value]]));
  });
  return runs;
}
