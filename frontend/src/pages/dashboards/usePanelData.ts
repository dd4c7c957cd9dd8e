import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { statsRange } from "../../api/dashboards";
import { queryRows } from "../../api/query";
import { getSeries, getSeriesData } from "../../api/series";
import type { Row } from "../../api/types";
import { SERIES_COLOURS } from "../../components/chart/seriesToken";
import type { Panel } from "../../models/dashboards";
import { durationText } from "../../models/format";
import { isStepwise, widened } from "../../models/panelData";
import { columnsOf, countColumns, isCount, timeSeriesOf } from "../../models/resultTable";
import { drawnStep, linesOf, stepMsOf, type SeriesLines } from "../../models/series";
import { t } from "../../i18n";
import { stepFor, type Span } from "../../models/timeRange";

/** Points of a chart; bars need room. */
const POINTS = { line: 240, area: 240, bar: 60 } as const;
const DAY_MS = 86_400_000;
/** Rows of a table; a panel is for the first ones. */
const ROWS = 500;

export interface Lines {
  kind: "lines";
  times: number[];
  stepMs: number;
  series: { name: string; values: (number | null)[] }[];
  left: number;
}
export type PanelData = Lines | { kind: "rows"; rows: Row[] };

/** The data of a panel for a range; `query` is the panel's with its variables replaced. */
export function usePanelData(panel: Panel, query: string, span: Span, enabled: boolean) {
  return useQuery({
    queryKey: ["panel", panel.kind, panel.series ?? "", query, span.start ?? 0, span.end ?? 0],
    queryFn: ({ signal }) => load(panel, query, span, signal),
    placeholderData: keepPreviousData,
    enabled,
    // Each refresh has a range of its own, whose data is of no use after it.
    gcTime: 30_000,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function load(panel: Panel, query: string, span: Span, signal: AbortSignal): Promise<PanelData> {
  const { kind } = panel;
  const overTime = kind === "line" || kind === "bar" || kind === "area";
  if (panel.series !== undefined) return loadSeries(panel.series, overTime ? POINTS[kind] : 1, span, signal);
  const asked = { query, ...span };
  if (!overTime || !isStepwise(query)) {
    const rows = await queryRows(asked, ROWS, signal);
    const lines = overTime ? timeSeriesOf(rows, columnsOf(rows, query), asked) : undefined;
    return lines ? { kind: "lines", ...lines } : { kind: "rows", rows };
  }
  const { start, end } = span;
  const stepMs = start !== undefined && end !== undefined ? stepFor(end - start, POINTS[kind]) : DAY_MS;
  const found = await statsRange(asked, stepMs, signal);
  const functions = new Set(found.map(({ metric }) => metric.__name__));
  // The name of the only function says no more than the title.
  const named = found.map(({ metric: { __name__: name = "", ...labels }, values }) => ({
    values,
    metric: functions.size === 1 && Object.keys(labels).length > 0 ? labels : { ...labels, result: name },
  }));
  const counts = countColumns(query);
  const countsOnly = [...functions].every((name) => isCount(name ?? "", counts));
  return withShortNames(widened(linesOf(named, stepMs, SERIES_COLOURS), span, stepMs, countsOnly ? 0 : null), stepMs);
}

function withShortNames(lines: SeriesLines, stepMs: number): Lines {
  const series = lines.series.map(({ name, values }) => ({ name: shortName(name), values }));
  return { kind: "lines", stepMs, times: lines.times, series, left: lines.left };
}

/** `app=shop` → `shop`, where a single label makes the difference. */
function shortName(name: string): string {
  const parts = name.split(/, ?/);
  const [, value] = /^[^=]+=(.*)$/.exec(name) ?? [];
  return parts.length === 1 && value !== undefined ? value || "(none)" : name;
}

async function loadSeries(id: string, points: number, span: Span, signal: AbortSignal): Promise<PanelData> {
  const all = await getSeries(signal);
  const one = all.find((series) => series.id === id);
  if (!one) throw new Error(t("The series of this panel was deleted."));
  const end = span.end ?? Date.now();
  const start = span.start ?? Date.parse(one.from ?? "") ?? end - DAY_MS;
  const from = Number.isNaN(start) ? end - DAY_MS : start;
  const own = stepMsOf(one);
  const stepMs = points === 1 ? own : drawnStep(own, end - from);
  const lines = await getSeriesData(id, from, end, durationText(stepMs), signal);
  if (points > 1) return withShortNames(linesOf(lines, stepMs, SERIES_COLOURS), stepMs);
  // A table, a value or a list shows the latest value of each group.
  const rows = lines.flatMap(({ metric: { __name__: name = one.name, ...labels }, values }) => {
    const last = values.at(-1);
    return last ? [{ ...labels, [name]: last[1] }] : [];
  });
  return { kind: "rows", rows };
}
