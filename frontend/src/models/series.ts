import { t } from "../i18n";
import type { Series, SeriesDraft, SeriesLine } from "../api/series";
import { formatLabels } from "./alerts";
import { durationText, parseDuration } from "./format";
import { filterPart, pipeNames, pipePositions } from "./logsql";
import { gridOf } from "./timeGrid";

/** As the server checks it: the name of a Prometheus metric. */
const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]{0,199}$/;

const SHORTEST_MS = 10_000;
const LONGEST_MS = 86_400_000;

export const NEW_SERIES: SeriesDraft = {
  name: "",
  query: "level:=ERROR | stats by (app) count() value",
  step: "1m",
};

export type SeriesProblems = Partial<Record<keyof SeriesDraft, string>>;

export function seriesProblems({ name, query, step }: SeriesDraft): SeriesProblems {
  const problems: SeriesProblems = {};
  if (name.trim() === "") problems.name = t("Enter a name.");
  else if (!NAME.test(name.trim()))
    problems.name = t("Use letters, digits and underscores; a digit cannot be the first.");
  if (!pipeNames(query).includes("stats")) problems.query = t("The query must end in a stats pipe.");
  const length = parseDuration(step);
  if (length === undefined) problems.step = t("Enter a duration such as 30s, 5m or 1h.");
  else if (length < SHORTEST_MS || length > LONGEST_MS || length % 1_000 !== 0)
    problems.step = t("Use whole seconds between 10s and 1d.");
  return problems;
}

/**
 * What a search becomes as a series: its stats pipe without the grouping by time, which the steps of the series replace.
 * A query that computes nothing counts its records.
 */
export function seriesFrom(query: string): SeriesDraft {
  const pipes = pipeNames(query);
  if (pipes[pipes.length - 1] !== "stats") {
    const counted = `${filterPart(query)} | stats count() value`;
    return { ...NEW_SERIES, query: counted, name: suggestName(counted) };
  }
  const last = pipePositions(query).at(-1) ?? 0;
  const bucket = /\b_time\s*:\s*([\w.]+)(?:\s+offset\s+[\w.]+)?/.exec(query.slice(last));
  const pipe = query
    .slice(last)
    .replace(/\(\s*_time(?:\s*:\s*[\w.]+(?:\s+offset\s+[\w.]+)?)?\s*,\s*/, "(")
    .replace(/,\s*_time(?:\s*:\s*[\w.]+(?:\s+offset\s+[\w.]+)?)?\s*(?=[,)])/, "")
    .replace(/\s*\bby\s*\(\s*_time(?:\s*:\s*[\w.]+(?:\s+offset\s+[\w.]+)?)?\s*\)/, "");
  const text = query.slice(0, last) + pipe;
  const step = parseDuration(bucket?.[1] ?? "");
  return {
    name: suggestName(text),
    query: text,
    step: step === undefined ? NEW_SERIES.step : durationText(Math.min(LONGEST_MS, Math.max(SHORTEST_MS, step))),
  };
}

const WORDS = 4;

/** A name from the words of a query: `level:=ERROR | stats by (app) count() value` → `error_by_app`. */
export function suggestName(query: string): string {
  const filter = filterPart(query)
    .toLowerCase()
    .replace(/\b(?:and|or|not|level|app|host|_msg)\b/g, " ");
  const groups = /\bby\s*\(([^)]*)\)/.exec(query)?.[1] ?? "";
  const words = (text: string) => text.match(/[a-z][a-z0-9]*/gi) ?? [];
  const subject = words(filter).slice(0, WORDS);
  const name = [...(subject.length > 0 ? subject : ["records"]), ...(groups ? ["by", ...words(groups)] : [])];
  return name.join("_").toLowerCase();
}

export interface SeriesLines {
  times: number[];
  series: { name: string; values: (number | null)[] }[];
  /** Groups that are not drawn. */
  left: number;
}

/** The label that names the stats function. */
const RESULT = "result";

/** The lines of the groups with the largest values, on one grid of times; steps without a value are gaps. */
export function linesOf(lines: readonly SeriesLine[], stepMs: number, most: number): SeriesLines {
  // A query with one stats function has the same result everywhere: no news beside the groups.
  const oneResult = new Set(lines.map(({ metric }) => metric[RESULT])).size === 1;
  const named = lines.map(({ metric, values }) => {
    const labels = Object.fromEntries(
      Object.entries(metric).filter(([name]) => name !== "__name__" && !(oneResult && name === RESULT)),
    );
    const points = values.map(([at, text]): [number, number] => [at * 1_000, Number(text)]);
    return {
      name: formatLabels(labels) || metric[RESULT] || "value",
      points: points.filter(([, value]) => Number.isFinite(value)),
    };
  });
  const size = ({ points }: { points: [number, number][] }) =>
    points.reduce((sum, [, value]) => sum + Math.abs(value), 0);
  const shown = named.sort((a, b) => size(b) - size(a)).slice(0, most);
  const ends = shown.flatMap(({ points }) => [points[0]?.[0], points.at(-1)?.[0]]).filter((at) => at !== undefined);
  const times = ends.length === 0 ? [] : gridOf(Math.min(...ends), Math.max(...ends), stepMs, Math.min(...ends));
  const place = new Map(times.map((at, index) => [at, index]));
  return {
    times,
    series: shown.map(({ name, points }) => {
      const values = new Array<number | null>(times.length).fill(null);
      for (const [at, value] of points) {
        const index = place.get(at);
        if (index !== undefined) values[index] = value;
      }
      return { name, values };
    }),
    left: named.length - shown.length,
  };
}

/** The points of a chart: enough for a wide screen. */
const POINTS = 600;

/** The step that draws a range with at most that many points: a multiple of the series' own. */
export function drawnStep(ownMs: number, rangeMs: number): number {
  return ownMs * Math.max(1, Math.ceil(rangeMs / POINTS / ownMs));
}

export const stepMsOf = ({ step }: Pick<Series, "step">) => parseDuration(step) ?? 60_000;
