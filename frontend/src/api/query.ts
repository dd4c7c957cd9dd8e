import { durationText, timeOf } from "../models/format";
import { missingOf, partialStore } from "../models/partial";
import type { components } from "./schema";
import { ApiError, ensureOk, apiUrl, getJson } from "./http";
import { readNdjson } from "./lines";
import type { Explanation, Facet, HitsSeries, LanguageReference, Pattern, Row, ValueHits } from "./types";

/** A query over a time range; both ends are milliseconds since the epoch, or absent where open. */
export interface Asked {
  query: string;
  start?: number;
  end?: number;
}

function params(asked: Asked): Record<string, string | undefined> {
  return { query: asked.query, start: instant(asked.start), end: instant(asked.end) };
}

/** Parameters for views beside a result: they look at the records that the query's filters select and ignore its pipes. */
function records(asked: Asked): Record<string, string | undefined> {
  return { ...params(asked), ignore_pipes: "1" };
}

/** A time in the format of the API. */
export function instant(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

/** Streams a query's rows, a batch at a time. Aborting the signal cancels the query on the server. */
export async function* streamQuery(
  asked: Asked,
  limit: number,
  signal: AbortSignal,
  offset = 0,
): AsyncGenerator<Row[]> {
  const url = apiUrl("query", { ...params(asked), limit, ...(offset > 0 && { offset }) });
  const response = await ensureOk(await fetch(url, { headers: { Accept: "application/x-ndjson" }, signal }));
  if (!response.body) return;
  for await (const rows of readNdjson<Row>(response.body)) {
    const last = rows[rows.length - 1];
    if (last?._error === undefined || last._time !== undefined) {
      yield rows;
      continue;
    }
    // The answer was underway, so only its last row can say what is wrong.
    if (rows.length > 1) yield rows.slice(0, -1);
    const missing = missingOf(last);
    if (missing === undefined) {
      throw new ApiError(500, { detail: last._error, ...(last._error_code && { code: last._error_code }) });
    }
    partialStore.note("query", missing);
  }
}

/** All rows of a query with a small result, such as one that ends in a stats pipe. */
export async function queryRows(asked: Asked, limit: number, signal?: AbortSignal, offset = 0): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of streamQuery(asked, limit, signal ?? new AbortController().signal, offset))
    rows.push(...batch);
  return rows;
}

/** The address of a query's result as a file. Without a limit it contains all rows, in storage order. */
export function exportUrl(asked: Asked, format: "csv" | "json" | "ndjson", limit?: number): string {
  return apiUrl("query", { ...params(asked), format, limit });
}

/** How the server parses a query; syntax errors are thrown. */
export function explain(query: string, signal?: AbortSignal): Promise<Explanation> {
  return getJson("explain", { query }, signal);
}

/** The pipes, stats functions and filters of the query language. */
export function language(signal?: AbortSignal): Promise<LanguageReference> {
  return getJson("language", {}, signal);
}

/** Counts of records in buckets of time, in a series for each of the `most` frequent values of a field and one for the rest. */
export async function hits(
  asked: Asked,
  stepMs: number,
  field: string | undefined,
  signal?: AbortSignal,
  most?: number,
): Promise<HitsSeries[]> {
  const answer = await getJson<{ hits: HitsSeries[] }>(
    "hits",
    { ...records(asked), step: durationText(stepMs), field, fields_limit: most },
    signal,
  );
  return answer.hits;
}

/** The rows of a query over time, counted after its pipes that look at one row each. */
export async function rowCounts(
  asked: Asked,
  stepMs: number,
  signal?: AbortSignal,
): Promise<{ time: number; count: number }[]> {
  const answer = await getJson<{ hits: HitsSeries[] }>(
    "hits",
    { ...params(asked), step: durationText(stepMs) },
    signal,
  );
  return answer.hits.flatMap(({ timestamps, values }) =>
    timestamps.map((time, index) => ({ time: timeOf(time), count: values[index] ?? 0 })),
  );
}

export async function facets(asked: Asked, limit: number, signal?: AbortSignal): Promise<Facet[]> {
  return (await getJson<{ facets: Facet[] }>("facets", { ...records(asked), limit }, signal)).facets;
}

export async function fieldNames(asked: Asked, signal?: AbortSignal): Promise<ValueHits[]> {
  return (await getJson<{ values: ValueHits[] }>("field_names", records(asked), signal)).values;
}

export async function fieldValues(
  asked: Asked,
  field: string,
  limit: number,
  signal?: AbortSignal,
): Promise<ValueHits[]> {
  return (await getJson<{ values: ValueHits[] }>("field_values", { ...records(asked), field, limit }, signal)).values;
}

export async function patterns(asked: Asked, limit: number, signal?: AbortSignal): Promise<Pattern[]> {
  return (await getJson<{ patterns: Pattern[] }>("patterns", { ...params(asked), limit }, signal)).patterns;
}

/** What is known of one variable of a template. */
export type PatternVariable = components["schemas"]["VariableAnswer"];

/** The values of the variable number `place` of a template, among the records that a query's filters select. */
export function patternVariable(
  asked: Asked,
  pattern: string,
  place: number,
  signal?: AbortSignal,
): Promise<PatternVariable> {
  return getJson<PatternVariable>("patterns/variable", { ...records(asked), pattern, place, limit: 8 }, signal);
}
