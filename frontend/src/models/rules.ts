import type { Alert, AlertStateName, Rule, RuleDraft } from "../api/types";
import { formatValue } from "./alerts";
import { parseDuration } from "./format";
import { filterPart, pipeNames } from "./logsql";

export const COMPARISONS = [">", ">=", "<", "<=", "==", "!="] as const;
export const SEVERITIES = ["info", "warning", "error", "critical"] as const;

export const NEW_RULE: RuleDraft = {
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

/** A rule's condition as a sentence. */
export function conditionOf(rule: RuleDraft): string {
  const lasting = (parseDuration(rule.for) ?? 0) > 0 ? ` for ${rule.for}` : "";
  return `value ${rule.comparison} ${formatValue(rule.threshold)} over ${rule.window}${lasting}, every ${rule.interval}`;
}

export type RuleState = AlertStateName | "OFF";

/** The most severe state among a rule's alerts. */
export function stateOf(rule: Rule, alerts: readonly Alert[]): RuleState {
  if (!rule.enabled) return "OFF";
  const states = alerts.filter((alert) => alert.rule === rule.id).map(({ state }) => state);
  return states.includes("FIRING") ? "FIRING" : states.includes("PENDING") ? "PENDING" : "INACTIVE";
}

/** The errors of a draft by field; the server checks the query. */
export function problemsOf(draft: RuleDraft): Partial<Record<keyof RuleDraft, string>> {
  const problems: Partial<Record<keyof RuleDraft, string>> = {};
  if (draft.name.trim() === "") problems.name = "Enter a name.";
  if (!pipeNames(draft.query).includes("stats"))
    problems.query = "The query must end in a stats pipe with a column named “value”.";
  for (const field of ["window", "interval", "for"] as const) {
    if (parseDuration(draft[field]) === undefined) problems[field] = "Enter a duration such as 30s, 5m or 1h.";
  }
  if (!problems.window && parseDuration(draft.window) === 0) problems.window = "The window must be longer than zero.";
  if (!problems.interval && parseDuration(draft.interval) === 0)
    problems.interval = "The interval must be longer than zero.";
  if (!Number.isFinite(draft.threshold)) problems.threshold = "Enter a number.";
  return problems;
}

/** Derives a rule's query from a search: counts records unless the query computes something, and names the last result `value`. */
export function ruleQuery(query: string): string {
  const pipes = pipeNames(query);
  if (pipes[pipes.length - 1] !== "stats") return `${filterPart(query)} | stats count() value`;
  if (/\bvalue\s*$/.test(query)) return query;
  return query.replace(/(\w+\([^()]*\))(?:\s+(?:as\s+)?[\w.]+)?\s*$/, "$1 value");
}

/** Whether a value meets a rule's condition. */
export function meets(value: number, comparison: string, threshold: number): boolean {
  if (comparison === ">") return value > threshold;
  if (comparison === ">=") return value >= threshold;
  if (comparison === "<") return value < threshold;
  if (comparison === "<=") return value <= threshold;
  return comparison === "!=" ? value !== threshold : value === threshold;
}
