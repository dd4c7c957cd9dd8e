import type { Series } from "../api/series";
import type { RuleDraft, RuleKind } from "../api/types";
import { durationText, parseDuration } from "./format";
import { stepMsOf } from "./series";

const PREFIX = "series:";

/** The kinds of rules that can judge a kept series. */
export const SERIES_KINDS: readonly RuleKind[] = ["threshold", "change", "absence"];

/** The id or name of the kept series that a rule judges; nothing if it judges records. */
export function seriesOf(query: string): string | undefined {
  const text = query.trim();
  return text.startsWith(PREFIX) ? text.slice(PREFIX.length).trim() : undefined;
}

export const seriesQuery = (id: string) => PREFIX + id;

export function findSeries(query: string, all: readonly Series[]): Series | undefined {
  const wanted = seriesOf(query);
  return all.find(({ id, name }) => id === wanted || name === wanted);
}

/** The draft judging a series, with a window of at least the two steps that a value needs. */
export function withSeries(draft: RuleDraft, series: Series): RuleDraft {
  const least = 2 * stepMsOf(series);
  const enough = (parseDuration(draft.window) ?? 0) >= least;
  return {
    ...draft,
    query: seriesQuery(series.id),
    window: enough ? draft.window : durationText(least),
    minRecords: undefined,
  };
}
