import { sendJson } from "./http";
import { instant, type Asked } from "./query";
import type { components } from "./schema";

export type QueryStages = components["schemas"]["QueryStages"];

/** What the filter of a query and each of its pipes take in and give on, in one run without the stages that are off. */
export async function queryStages(
  { query, start, end }: Asked,
  rows: number,
  off: number[],
  signal?: AbortSignal,
): Promise<QueryStages> {
  const body = { query, start: instant(start), end: instant(end), rows, off };
  return (await sendJson<QueryStages>("POST", "query/stages", body, signal)) ?? { stages: [], complete: true };
}
