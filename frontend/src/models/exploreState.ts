import { decodeRange, DEFAULT_RANGE, encodeRange, type FixedRange, type TimeRange } from "./timeRange";

export const TABS = ["records", "table", "chart", "patterns", "explain", "timeline", "stages"] as const;
export type Tab = (typeof TABS)[number];

export const LIMITS = [1_000, 5_000, 20_000, 50_000] as const;

/** The width of a column in characters, and how narrow and wide it can be made. */
export const COLUMN_WIDTH = 18;
export const LEAST_WIDTH = 4;
export const MOST_WIDTH = 200;

/** The complete state of Explore, all of which is kept in the address. */
export interface ExploreState {
  query: string;
  range: TimeRange;
  /** The range that was zoomed in from, which the range is compared with. */
  around?: FixedRange;
  /** Absent: the default tab for the query. */
  tab?: Tab;
  /** Fields shown as columns before the message. */
  columns: string[];
  /** Widths of those columns that are not as wide as all others, in characters. */
  widths?: Record<string, number>;
  limit: number;
  wrap: boolean;
  /** The field whose values the histogram tells apart, where it is not the level. */
  by?: string | undefined;
  /** Whether the server's own records are left out, as they are until somebody asks for them. */
  othersOnly?: boolean;
}

export const DEFAULT_EXPLORE: ExploreState = {
  query: "*",
  range: DEFAULT_RANGE,
  columns: [],
  limit: LIMITS[0],
  wrap: false,
};

export function decodeExplore(params: URLSearchParams): ExploreState {
  const tab = TABS.find((name) => name === params.get("tab"));
  const limit = Number(params.get("limit"));
  const state: ExploreState = {
    query: params.get("q") ?? DEFAULT_EXPLORE.query,
    range: decodeRange(params.get("range")) ?? DEFAULT_EXPLORE.range,
    columns: (params.get("cols") ?? "").split(",").filter((name) => name !== ""),
    limit: LIMITS.find((choice) => choice === limit) ?? DEFAULT_EXPLORE.limit,
    wrap: params.get("wrap") === "1",
  };
  const widths = (params.get("widths") ?? "").split(",").map(Number);
  const changed = state.columns.flatMap((name, index) => {
    const width = widths[index] ?? 0;
    return width >= LEAST_WIDTH && width <= MOST_WIDTH ? [[name, Math.round(width)] as const] : [];
  });
  if (changed.length > 0) state.widths = Object.fromEntries(changed);
  if (params.get("own") === "hidden" || !params.has("q")) state.othersOnly = true;
  if (tab) state.tab = tab;
  const by = params.get("by");
  if (by) state.by = by;
  const around = decodeRange(params.get("around"));
  if (around?.kind === "between" && isInside(state.range, around)) {
    state.around = { start: around.start, end: around.end };
  }
  return state;
}

/** Whether a range is a part of another, so that there is a rest to compare it with. */
function isInside(range: TimeRange, around: FixedRange): boolean {
  if (range.kind !== "between") return false;
  const { start, end } = range;
  return start >= around.start && end <= around.end && end - start < around.end - around.start;
}

/** Omits defaults, so that addresses stay short. */
export function encodeExplore(state: ExploreState): URLSearchParams {
  const params = new URLSearchParams();
  params.set("q", state.query);
  params.set("range", encodeRange(state.range));
  if (state.around && isInside(state.range, state.around)) {
    params.set("around", encodeRange({ kind: "between", ...state.around }));
  }
  if (state.othersOnly) params.set("own", "hidden");
  if (state.tab) params.set("tab", state.tab);
  if (state.columns.length > 0) params.set("cols", state.columns.join(","));
  if (state.columns.some((name) => state.widths?.[name] !== undefined))
    params.set("widths", state.columns.map((name) => state.widths?.[name] ?? "").join(","));
  if (state.by) params.set("by", state.by);
  if (state.limit !== DEFAULT_EXPLORE.limit) params.set("limit", String(state.limit));
  if (state.wrap) params.set("wrap", "1");
  return params;
}

/** A list with one item moved; unchanged where the position does not exist. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const next = [...items];
  if (from < 0 || to < 0 || from >= next.length || to >= next.length) return next;
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
