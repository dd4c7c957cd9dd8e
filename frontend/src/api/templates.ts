import { instant, type Asked } from "./query";
import { apiUrl, ensureOk, getJson, sendJson, type Params } from "./http";

/** Calls for known message templates, marks, and the comparison of two ranges. */

/** A message template that the server knows. */
export interface Template {
  id: string;
  template: string;
  /** The level of the first record; empty without one. */
  level: string;
  firstSeen: string;
  lastSeen: string;
  firstHost: string;
  firstApp: string;
  count: number;
  example: string;
  /** The count of each UTC day; only for a single template. */
  days?: Record<string, number>;
}

/** A named moment, such as a deploy. */
export interface Mark {
  id: number;
  text: string;
  time: string;
}

export interface ChangedPattern {
  id: string;
  template: string;
  count: number;
  baseCount: number;
  /** The template's share of the range divided by its share of the base. */
  ratio: number;
  example: string;
}

export const CHANGES = ["appeared", "vanished", "grew", "shrank"] as const;
export type ChangeName = (typeof CHANGES)[number];

export interface PatternComparison extends Record<ChangeName, ChangedPattern[]> {
  total: number;
  baseTotal: number;
}

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
