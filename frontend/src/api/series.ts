import { getJson, sendJson } from "./http";
import type { components } from "./schema";

/** Calls for stats queries that are kept as time series. */

export type Series = components["schemas"]["SeriesView"];

export interface SeriesDraft {
  name: string;
  query: string;
  step: string;
}

/** The values of one group: pairs of seconds and text, as Prometheus answers `query_range`. */
export interface SeriesLine {
  metric: Record<string, string>;
  values: [number, string][];
}

const path = (id: string) => `series/${encodeURIComponent(id)}`;

export const getSeries = (signal?: AbortSignal) => getJson<Series[]>("series", {}, signal);
export const createSeries = (draft: SeriesDraft) => sendJson<Series>("POST", "series", draft);
export const updateSeries = ({ id, ...draft }: SeriesDraft & Pick<Series, "id">) =>
  sendJson<Series>("PUT", path(id), draft);
export const deleteSeries = (id: string) => sendJson("DELETE", path(id));

/** The values between two times in milliseconds; a step longer than the series' own averages them. */
export async function getSeriesData(
  id: string,
  start: number,
  end: number,
  step: string,
  signal?: AbortSignal,
): Promise<SeriesLine[]> {
  const times = { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
  const answer = await getJson<{ data: { result: SeriesLine[] } }>(`${path(id)}/data`, { ...times, step }, signal);
  return answer.data.result;
}
