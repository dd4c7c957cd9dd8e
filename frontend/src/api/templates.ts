import { instant, type Asked } from "./query";
import { apiUrl, ensureOk, getJson, sendJson, type Params } from "./http";
import type { components } from "./schema";

/** Calls for known message templates, marks, and the comparison of two ranges. */

type Schemas = components["schemas"];

export type Template = Schemas["MessageTemplate"];
export type Mark = Schemas["Mark"];
export type ChangedPattern = Schemas["ChangedPattern"];

export const CHANGES = ["appeared", "vanished", "grew", "shrank"] as const;
export type ChangeName = (typeof CHANGES)[number];

export type PatternComparison = Schemas["Comparison"];

export interface TemplatePage {
  templates: Template[];
  /** The number of templates without the limit. */
  total: number;
}

export async function getTemplates(params: Params, signal?: AbortSignal): Promise<TemplatePage> {
  const response = await ensureOk(
    await fetch(apiUrl("templates", params), { headers: { Accept: "application/json" }, signal: signal ?? null }),
  );
  const templates = (await response.json()) as Template[];
  return { templates, total: Number(response.headers.get("x-total-count") ?? templates.length) };
}

export const getTemplate = (id: string, signal?: AbortSignal) =>
  getJson<Template>(`templates/${encodeURIComponent(id)}`, {}, signal);

export const getMarks = (signal?: AbortSignal) => getJson<Mark[]>("marks", {}, signal);
export const createMark = (mark: { text: string; time?: string }) => sendJson<Mark>("POST", "marks", mark);
export const deleteMark = (id: number) => sendJson("DELETE", `marks/${id}`);

/** The templates that differ between a range and an earlier one. */
export function comparePatterns(
  asked: Asked,
  base: { start: number; end: number },
  limit: number,
  signal?: AbortSignal,
): Promise<PatternComparison> {
  const { query, start, end } = asked;
  return getJson(
    "patterns/compare",
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
