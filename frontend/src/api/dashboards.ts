import { draftOf, type Dashboard, type DashboardDraft } from "../models/dashboards";
import { durationText } from "../models/format";
import { getJson, sendJson } from "./http";
import { instant, type Asked } from "./query";
import type { SeriesLine } from "./series";

/** Calls for dashboards and their panels. */

const path = (id: string) => `dashboards/${encodeURIComponent(id)}`;

export const getDashboards = (signal?: AbortSignal) => getJson<Dashboard[]>("dashboards", {}, signal);
export const createDashboard = (draft: DashboardDraft) => sendJson<Dashboard>("POST", "dashboards", draft);
export const updateDashboard = (dashboard: Dashboard) =>
  sendJson<Dashboard>("PUT", path(dashboard.id), { ...draftOf(dashboard), version: dashboard.version });
export const deleteDashboard = (id: string) => sendJson("DELETE", path(id));

/** The values of a stats query in steps of time. */
export async function statsRange(asked: Asked, stepMs: number, signal?: AbortSignal): Promise<SeriesLine[]> {
  const { query, start, end } = asked;
  const answer = await getJson<{ data: { result: SeriesLine[] } }>(
    "stats_query_range",
    { query, start: instant(start), end: instant(end), step: durationText(stepMs) },
    signal,
  );
  return answer.data.result;
}
