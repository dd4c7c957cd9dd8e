import { t } from "../i18n";
import type { Mark, Template } from "../api/templates";
import { formatDateTime } from "./format";
import { patternFilter } from "./patterns";
import { addFilter, equals } from "./queryEdit";
import { exploreHref } from "./route";
import { encodeRange } from "./timeRange";

export const SORTS = [
  {
    value: "firstSeen",
    get label() {
      return t("newest first");
    },
  },
  {
    value: "lastSeen",
    get label() {
      return t("last seen");
    },
  },
  {
    value: "count",
    get label() {
      return t("most records");
    },
  },
  {
    value: "template",
    get label() {
      return t("by text");
    },
  },
] as const;

/** A choice of "new since": a value of the API's `since`, and its name. */
export interface SinceChoice {
  value: string;
  label: string;
}

const SPANS: readonly SinceChoice[] = [
  {
    value: "1h",
    get label() {
      return t("the last hour");
    },
  },
  {
    value: "24h",
    get label() {
      return t("the last 24 hours");
    },
  },
  {
    value: "7d",
    get label() {
      return t("the last 7 days");
    },
  },
];

/** Older marks are reached by their lines in charts and by the list of marks. */
const MARKS_OFFERED = 8;

/** What templates can be new since: spans, and the latest marks. A chosen mark is always among them. */
export function sinceChoices(marks: readonly Mark[], chosen: string): SinceChoice[] {
  const latest = [...marks].sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
  const offered = latest.filter((mark, index) => index < MARKS_OFFERED || `mark:${mark.id}` === chosen);
  const choices = [
    ...SPANS,
    ...(latest.length > 0 ? [{ value: "last-mark", label: t("the last mark") }] : []),
    ...offered.map(({ id, text, time }) => ({
      value: `mark:${id}`,
      label: `${text} (${formatDateTime(Date.parse(time), false)})`,
    })),
  ];
  if (chosen !== "" && !choices.some(({ value }) => value === chosen)) choices.push({ value: chosen, label: chosen });
  return choices;
}

/** The address of a template's records, from its first to its last. */
export function templateHref(template: Template): string {
  const filter = patternFilter(template.template);
  const { firstApp, firstSeen, lastSeen } = template;
  // A template without words is narrowed to the app that sent it first.
  const query = filter ?? (firstApp === "" ? "*" : addFilter("*", equals("app", firstApp)));
  const start = Date.parse(firstSeen);
  return exploreHref(query, encodeRange({ kind: "between", start, end: Math.max(Date.parse(lastSeen), start) + 1 }));
}

/** The counts of a template by day without gaps, oldest first; at most the last `most` days. */
export function dailyCounts(days: Readonly<Record<string, number>>, most: number): { day: string; count: number }[] {
  const known = Object.keys(days).sort();
  const last = known[known.length - 1];
  const first = known[0];
  if (first === undefined || last === undefined) return [];
  const end = Date.parse(`${last}T00:00:00Z`);
  const start = Math.max(Date.parse(`${first}T00:00:00Z`), end - (most - 1) * 86_400_000);
  const counts: { day: string; count: number }[] = [];
  for (let time = start; time <= end; time += 86_400_000) {
    const day = new Date(time).toISOString().slice(0, 10);
    counts.push({ day, count: days[day] ?? 0 });
  }
  return counts;
}
