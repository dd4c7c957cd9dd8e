import { msg, t, tr, type Message } from "../i18n";
import { RULE_KINDS, type Alert, type AlertStateName, type Baseline, type Rule, type RuleDraft } from "../api/types";
import type { RuleKind } from "../api/types";
import { formatValue } from "./alerts";
import { formatDuration, parseDuration } from "./format";
import { SERIES_KINDS, seriesOf } from "./ruleSeries";

export const COMPARISONS = [">", ">=", "<", "<=", "==", "!="] as const;
export const SEVERITIES = ["info", "warning", "error", "critical"] as const;

export const NEW_RULE: RuleDraft = {
  kind: "threshold",
  name: "",
  query: "level:=ERROR | stats by (app) count() value",
  window: "1m",
  interval: "5s",
  comparison: ">",
  threshold: 10,
  for: "0s",
  severity: "warning",
  enabled: true,
};

/** What each kind is called and what it watches for. */
export const KINDS: Record<RuleKind, { label: string; hint: string }> = {
  threshold: {
    get label() {
      return t("Threshold");
    },
    get hint() {
      return t("The value of each group is compared with a number.");
    },
  },
  absence: {
    get label() {
      return t("Absence");
    },
    get hint() {
      return t("A group that was seen before, or is expected, sends nothing.");
    },
  },
  change: {
    get label() {
      return t("Change");
    },
    get hint() {
      return t("The value differs from what it was before.");
    },
  },
  "new-template": {
    get label() {
      return t("New message");
    },
    get hint() {
      return t("A message whose template was never seen before.");
    },
  },
  ratio: {
    get label() {
      return t("Ratio");
    },
    get hint() {
      return t("One value divided by another, such as the share of errors.");
    },
  },
};

/** What a new rule of a kind starts with. */
const STARTS: Record<RuleKind, Partial<RuleDraft>> = {
  threshold: { query: NEW_RULE.query, window: "1m", comparison: ">", threshold: 10 },
  absence: { query: "* | stats by (host) count() value", window: "10m" },
  change: {
    query: "* | stats by (app) count() value",
    window: "5m",
    comparison: ">",
    baseline: { method: "median-mad", factor: 3 },
  },
  "new-template": { query: "*", window: "10m", level: "ERROR" },
  ratio: {
    query: "level:=ERROR | stats by (app) count() value",
    totalQuery: "* | stats by (app) count() value",
    window: "5m",
    comparison: ">",
    threshold: 0.05,
    minRecords: 100,
  },
};

/** Properties that only some kinds have. */
const OWN = [
  "comparison",
  "threshold",
  "warnThreshold",
  "recoverThreshold",
  "minRecords",
  "expected",
  "forgetAfter",
  "baseline",
  "totalQuery",
  "level",
  "sinceMark",
] as const satisfies readonly (keyof RuleDraft)[];

const LEVELLED = ["comparison", "threshold", "warnThreshold", "recoverThreshold", "minRecords"];

const OWNED: Record<RuleKind, readonly string[]> = {
  threshold: LEVELLED,
  absence: ["expected", "forgetAfter"],
  change: ["comparison", "threshold", "minRecords", "baseline"],
  "new-template": ["level", "sinceMark"],
  ratio: [...LEVELLED, "totalQuery"],
};

export const kindOf = ({ kind }: Pick<RuleDraft, "kind">): RuleKind => kind ?? "threshold";

/** Whether a rule has a threshold that its value is compared with. */
export const hasLevels = (rule: Pick<RuleDraft, "kind">) => ["threshold", "ratio"].includes(kindOf(rule));

/** The draft as another kind. A query that was not edited is replaced by the new kind's own. */
export function withKind(draft: RuleDraft, kind: RuleKind): RuleDraft {
  const untouched =
    RULE_KINDS.some((one) => STARTS[one].query === draft.query) ||
    (seriesOf(draft.query) !== undefined && !SERIES_KINDS.includes(kind));
  const common = { ...draft };
  for (const name of OWN) delete common[name];
  return {
    ...common,
    ...STARTS[kind],
    kind,
    query: untouched ? (STARTS[kind].query ?? draft.query) : draft.query,
  };
}

/** The query that a new rule of a kind starts with. */
export const queryOf = (kind: RuleKind): string => STARTS[kind].query ?? NEW_RULE.query;

/** What is sent: only the properties of its kind, without those that are empty. */
export function bodyOf(draft: RuleDraft): RuleDraft {
  const owned = OWNED[kindOf(draft)];
  const body: RuleDraft = { ...draft };
  for (const name of OWN) {
    const value = body[name];
    if (!owned.includes(name) || value === undefined || value === "") delete body[name];
  }
  if (body.expected?.length === 0) delete body.expected;
  if (body.keepFiring === "") delete body.keepFiring;
  return body;
}

const BASELINE_WORDS: Record<Baseline["method"], Message> = {
  previous: msg("the window before"),
  yesterday: msg("the same window yesterday"),
  "last-week": msg("the same window last week"),
  "median-mad": msg("the median of the windows before"),
};

export function baselineWords(method: Baseline["method"]): string {
  return tr(BASELINE_WORDS[method]);
}

function changeOf({ baseline, comparison = ">", threshold }: RuleDraft): string {
  const { method, factor = 3 } = baseline ?? { method: "previous" };
  const base = baselineWords(method);
  let changed = t("value {comparison} {factor} × {base}", { comparison, factor, base });
  if (method === "median-mad") {
    if (comparison.startsWith(">")) changed = t("value is {factor} deviations above {base}", { factor, base });
    else if (comparison.startsWith("<")) changed = t("value is {factor} deviations below {base}", { factor, base });
    else changed = t("value is {factor} deviations from {base}", { factor, base });
  }
  return threshold === undefined
    ? changed
    : `${changed}, ${t("and {comparison} {threshold}", { comparison, threshold: formatValue(threshold) })}`;
}

function levelsOf(rule: RuleDraft, noun: string): string {
  const { comparison = ">", threshold = Number.NaN, warnThreshold, recoverThreshold, minRecords } = rule;
  const warn = warnThreshold === undefined ? "" : `, ${t("warns at {value}", { value: formatValue(warnThreshold) })}`;
  const recover =
    recoverThreshold === undefined ? "" : `, ${t("recovers at {value}", { value: formatValue(recoverThreshold) })}`;
  const least = minRecords ? `, ${t("with at least {count} records", { count: formatValue(minRecords) })}` : "";
  const compared = t("{noun} {comparison} {threshold} over {window}", {
    noun,
    comparison,
    threshold: formatValue(threshold),
    window: formatDuration(rule.window),
  });
  return compared + warn + recover + least;
}

function newMessageOf({ level, sinceMark, window }: RuleDraft): string {
  const parts = [t("a message is new")];
  if (level) parts.push(t("at {level} or above", { level }));
  if (sinceMark)
    parts.push(sinceMark === "last" ? t("since the last mark") : t("since mark {mark}", { mark: sinceMark }));
  return `${parts.join(", ")}; ${t("fires for {window}", { window: formatDuration(window) })}`;
}

/** A rule's condition as a sentence. */
export function conditionOf(rule: RuleDraft): string {
  const lasting =
    (parseDuration(rule.for) ?? 0) > 0 ? ` ${t("for {duration}", { duration: formatDuration(rule.for) })}` : "";
  const every = `, ${t("every {interval}", { interval: formatDuration(rule.interval) })}`;
  switch (kindOf(rule)) {
    case "absence": {
      const expected = rule.expected?.length ? `, ${t("{count} expected", { count: rule.expected.length })}` : "";
      return t("a known group sends nothing for {window}", { window: formatDuration(rule.window) }) + expected + every;
    }
    case "change":
      return `${changeOf(rule)}, ${t("over {window}", { window: formatDuration(rule.window) })}${lasting}${every}`;
    case "new-template":
      return newMessageOf(rule);
    case "ratio":
      return levelsOf(rule, t("ratio")) + lasting + every;
    default:
      return levelsOf(rule, t("value")) + lasting + every;
  }
}

export type RuleState = AlertStateName | "OFF";

/** The most severe state among a rule's alerts. */
export function stateOf(rule: Rule, alerts: readonly Alert[]): RuleState {
  if (!rule.enabled) return "OFF";
  const states = alerts.filter((alert) => alert.rule === rule.id).map(({ state }) => state);
  return states.includes("FIRING") ? "FIRING" : states.includes("PENDING") ? "PENDING" : "INACTIVE";
}

/** Whether a value meets a rule's condition. */
export function meets(value: number, comparison: string, threshold: number): boolean {
  if (comparison === ">") return value > threshold;
  if (comparison === ">=") return value >= threshold;
  if (comparison === "<") return value < threshold;
  if (comparison === "<=") return value <= threshold;
  return comparison === "!=" ? value !== threshold : value === threshold;
}
