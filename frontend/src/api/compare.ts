import { getJson, postForm } from "./http";
import { instant, type Asked } from "./query";
import type { components } from "./schema";

export type ComparedSides = components["schemas"]["ComparedSides"];
export type ComparedValue = components["schemas"]["ComparedValue"];
export type ComparedCurves = components["schemas"]["CurvesOfSides"];
export type ComparedTemplate = components["schemas"]["ComparedTemplate"];

/** What sets the records of a range apart from those of another one. */
export function compare(
  { query, start, end }: Asked,
  base: { start: number; end: number },
  limit: number,
  signal?: AbortSignal,
): Promise<ComparedSides> {
  return getJson("compare", { ...sides({ query, start, end }, base), limit }, signal);
}

/** How filters and templates that a comparison found go over time, and which of them have the same records. */
export function compareCurves(
  asked: Asked,
  base: { start: number; end: number },
  filters: readonly string[],
  templates: readonly string[],
  signal?: AbortSignal,
): Promise<ComparedCurves> {
  return postForm("compare/curves", { ...sides(asked, base), filter: filters, template: templates }, signal);
}

function sides({ query, start, end }: Asked, base: { start: number; end: number }) {
  return {
    query,
    start: instant(start),
    end: instant(end),
    baseStart: instant(base.start),
    baseEnd: instant(base.end),
  };
}
