import { msg, t, type Message } from "../i18n";
import { decodeRange, encodeRange, type TimeRange } from "./timeRange";

/** Dashboards as the server keeps them, and what their address says. */

export const PANEL_KINDS = ["line", "bar", "area", "table", "value", "top", "text"] as const;
export type PanelKind = (typeof PANEL_KINDS)[number];

export const PANEL_KIND_NAMES: Record<PanelKind, Message> = {
  line: msg("Lines over time"),
  bar: msg("Bars over time"),
  area: msg("Areas over time"),
  table: msg("Table"),
  value: msg("Single value"),
  top: msg("Top list"),
  text: msg("Text"),
};

export const UNITS = ["number", "bytes", "milliseconds", "seconds", "percent", "per-second"] as const;
export type Unit = (typeof UNITS)[number];

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A panel shows one of its query, its series, its metric and its text. */
export interface Panel extends Rect {
  id: string;
  kind: PanelKind;
  title?: string;
  query?: string;
  series?: string;
  metric?: string;
  text?: string;
  unit?: Unit;
}

export interface Variable {
  name: string;
  label?: string;
  /** Fixed values; otherwise those of a field. */
  values?: string[];
  field?: string;
  query?: string;
  initial?: string[];
}

export interface DashboardDraft {
  name: string;
  description?: string;
  range?: string;
  refresh?: string;
  variables: Variable[];
  panels: Panel[];
}

export interface Dashboard extends DashboardDraft {
  id: string;
  version: number;
  builtIn?: boolean;
}

export const NEW_DASHBOARD: DashboardDraft = { name: "", range: "1h", variables: [], panels: [] };

export const REFRESHES = ["5s", "10s", "30s", "1m", "5m", "15m"] as const;

/** What the address of a dashboard says. Values that are not chosen are the variable's initial ones. */
export interface BoardState {
  id: string | undefined;
  range: TimeRange | undefined;
  /** The chosen values by variable; none stands for all. */
  chosen: Record<string, string[]>;
  edit: boolean;
  kiosk: boolean;
  /** A query to add as a panel. */
  add: string | undefined;
}

const VARIABLE = "v.";

export function decodeBoard(params: URLSearchParams): BoardState {
  const chosen: Record<string, string[]> = {};
  for (const [name, value] of params) {
    const values = name.startsWith(VARIABLE) ? stringsOf(value) : undefined;
    if (values) chosen[name.slice(VARIABLE.length)] = values;
  }
  return {
    id: params.get("id") ?? undefined,
    range: decodeRange(params.get("range")),
    chosen,
    edit: params.get("edit") === "1",
    kiosk: params.get("kiosk") === "1",
    add: params.get("add") ?? undefined,
  };
}

export function encodeBoard({ id, range, chosen, edit, kiosk, add }: BoardState): URLSearchParams {
  const params = new URLSearchParams();
  if (id !== undefined) params.set("id", id);
  if (range) params.set("range", encodeRange(range));
  for (const [name, values] of Object.entries(chosen)) params.set(VARIABLE + name, JSON.stringify(values));
  if (edit) params.set("edit", "1");
  if (kiosk) params.set("kiosk", "1");
  if (add !== undefined) params.set("add", add);
  return params;
}

function stringsOf(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The values that count: the chosen ones, else the initial ones. */
export function chosenValues(variables: readonly Variable[], chosen: BoardState["chosen"]): Record<string, string[]> {
  return Object.fromEntries(variables.map(({ name, initial }) => [name, chosen[name] ?? initial ?? []]));
}

/** A dashboard without what the server adds. */
export function draftOf(dashboard: DashboardDraft): DashboardDraft {
  const { name, description, range, refresh, variables, panels } = dashboard;
  return {
    name,
    ...(description && { description }),
    ...(range && { range }),
    ...(refresh && { refresh }),
    variables,
    panels,
  };
}

/** The dashboard as a file. */
export function exportText(dashboard: DashboardDraft): string {
  return `${JSON.stringify(draftOf(dashboard), null, 2)}\n`;
}

/** Larger files are no dashboards. */
export const MOST_IMPORTED = 2_000_000;

/**
 * Reads an exported dashboard. Only its known properties are taken over; the server checks their values.
 *
 * @throws Error with a message for the user
 */
export function importDraft(text: string): DashboardDraft {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(t("The file is not JSON."));
  }
  const { name, description, range, refresh, variables, panels } = (value ?? {}) as Partial<DashboardDraft>;
  if (typeof name !== "string" || !Array.isArray(panels))
    throw new Error(t("The file is no dashboard: it has no name or no panels."));
  return {
    name,
    panels,
    variables: Array.isArray(variables) ? variables : [],
    ...(typeof description === "string" && { description }),
    ...(typeof range === "string" && { range }),
    ...(typeof refresh === "string" && { refresh }),
  };
}

/** The name for the file of a dashboard. */
export function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return `${plain || "dashboard"}.json`;
}

export function newId(panels: readonly Panel[]): string {
  const taken = new Set(panels.map(({ id }) => id));
  let number = panels.length + 1;
  while (taken.has(`panel-${number}`)) number++;
  return `panel-${number}`;
}
