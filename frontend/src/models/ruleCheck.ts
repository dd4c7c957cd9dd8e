import { msg, t, tr } from "../i18n";
import type { RuleDraft } from "../api/types";
import { parseDuration } from "./format";
import { filterPart, pipeNames } from "./logsql";
import { hasLevels, kindOf } from "./rules";
import { seriesOf } from "./ruleSeries";

export type RuleProblems = Partial<Record<keyof RuleDraft, string>>;

const ENDS_IN_STATS = msg("The query must end in a stats pipe with a column named “value”.");

/** The errors of a draft by field; the server checks the query. */
export function problemsOf(draft: RuleDraft): RuleProblems {
  const problems: RuleProblems = {};
  const kind = kindOf(draft);
  if (draft.name.trim() === "") problems.name = t("Enter a name.");
  if (kind === "new-template") {
    const [pipe] = pipeNames(draft.query);
    if (draft.query.trim() === "") problems.query = t("Enter a filter, or * for all messages.");
    else if (pipe !== undefined)
      problems.query = t("Remove “| {pipe}”: only a filter can select new messages.", { pipe });
  } else if (seriesOf(draft.query) === undefined && !pipeNames(draft.query).includes("stats")) {
    problems.query = tr(ENDS_IN_STATS);
  }
  if (kind === "ratio" && !pipeNames(draft.totalQuery ?? "").includes("stats")) problems.totalQuery = tr(ENDS_IN_STATS);
  for (const field of ["window", "interval", "for"] as const) {
    if (parseDuration(draft[field]) === undefined) problems[field] = t("Enter a duration such as 30s, 5m or 1h.");
  }
  for (const field of ["keepFiring", "forgetAfter"] as const) {
    const text = draft[field] ?? "";
    if (text !== "" && parseDuration(text) === undefined)
      problems[field] = t("Enter a duration such as 5m, or nothing.");
  }
  if (!problems.window && parseDuration(draft.window) === 0)
    problems.window = t("The window must be longer than zero.");
  if (!problems.interval && parseDuration(draft.interval) === 0)
    problems.interval = t("The interval must be longer than zero.");
  if (hasLevels(draft) && !Number.isFinite(draft.threshold)) problems.threshold = t("Enter a number.");
  for (const field of ["threshold", "warnThreshold", "recoverThreshold", "minRecords"] as const) {
    if (Number.isNaN(draft[field])) problems[field] = t("Enter a number.");
  }
  if (kind === "change" && Number.isNaN(draft.baseline?.factor)) problems.baseline = t("Enter a number.");
  return { ...problems, ...levelProblems(draft) };
}

/** Whether a threshold is on the calmer side of another, in the direction of the comparison. */
function isCalmer(value: number, than: number, comparison: string): boolean {
  return comparison.startsWith("<") ? value >= than : value <= than;
}

function levelProblems(draft: RuleDraft): RuleProblems {
  const { comparison = ">", threshold, warnThreshold, recoverThreshold } = draft;
  if (!hasLevels(draft) || threshold === undefined || !/^[<>]/.test(comparison)) return {};
  const above = comparison.startsWith("<");
  const problems: RuleProblems = {};
  if (warnThreshold !== undefined && !isCalmer(warnThreshold, threshold, comparison))
    problems.warnThreshold = above ? t("Must be above the threshold.") : t("Must be below the threshold.");
  const lowest = warnThreshold ?? threshold;
  if (recoverThreshold !== undefined && !isCalmer(recoverThreshold, lowest, comparison))
    problems.recoverThreshold =
      warnThreshold === undefined
        ? above
          ? t("Must be above the threshold.")
          : t("Must be below the threshold.")
        : above
          ? t("Must be above the warning threshold.")
          : t("Must be below the warning threshold.");
  return problems;
}

/** Derives a rule's query from a search: counts records unless the query computes something, and names the last result `value`. */
export function ruleQuery(query: string): string {
  const pipes = pipeNames(query);
  if (pipes[pipes.length - 1] !== "stats") return `${filterPart(query)} | stats count() value`;
  if (/\bvalue\s*$/.test(query)) return query;
  return query.replace(/(\w+\([^()]*\))(?:\s+(?:as\s+)?[\w.]+)?\s*$/, "$1 value");
}

/** Groups that are expected, one a line: `host=web-1 app=shop`. Lines that are not understood are returned as wrong. */
export function parseExpected(text: string): { groups: Record<string, string>[]; wrong: string | undefined } {
  const groups: Record<string, string>[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const pairs = [...line.matchAll(/([^\s=]+)=(?:"([^"]*)"|(\S+))(?=\s|$)/g)];
    const rest = pairs.reduce((left, [pair]) => left.replace(pair, ""), line).trim();
    if (pairs.length === 0 || rest !== "") return { groups, wrong: line.trim() };
    groups.push(Object.fromEntries(pairs.map(([, name = "", quoted, plain]) => [name, quoted ?? plain ?? ""])));
  }
  return { groups, wrong: undefined };
}

export function printExpected(groups: readonly Record<string, string>[]): string {
  return groups
    .map((group) =>
      Object.entries(group)
        .map(([name, value]) => `${name}=${/\s/.test(value) ? `"${value}"` : value}`)
        .join(" "),
    )
    .join("\n");
}
