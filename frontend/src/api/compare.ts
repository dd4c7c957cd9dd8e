import { getJson } from "./http";
import { instant, type Asked } from "./query";
import type { components } from "./schema";

export type ComparedSides = components["schemas"]["ComparedSides"];
export type ComparedValue = components["schemas"]["ComparedValue"];
export type ComparedTemplate = components["schemas"]["ComparedTemplate"];

/** What sets the records of a range apart from those of another one. */
export function compare(
  { query, start, end }: Asked,
  base: { start: number; end: number },
  limit: number,
  signal?: AbortSignal,
): Promise<ComparedSides> {
  return getJson(
    "compare",
    {
      query,
      start: instant(start),
      end: instant(end),
      baseStart: instant(base.start),
      baseEnd: instant(base.end),
      limit,
    },
    signal,
  );
}
