import { t } from "../i18n";
import type { Alert, AlertChange, Rule } from "../api/types";
import { formatDecimal } from "./format";
import { filterPart } from "./logsql";
import { addFilter, equals } from "./queryEdit";
import { exploreHref, routeHash } from "./route";

/** The name of an alert's or a rule's state. */
export function stateName(state: string): string {
  switch (state) {
    case "FIRING":
      return t("FIRING");
    case "PENDING":
      return t("PENDING");
    case "INACTIVE":
      return t("INACTIVE");
    case "RESOLVED":
      return t("RESOLVED");
    case "OFF":
      return t("OFF");
    default:
      return state;
  }
}

/** The name of a severity; one that the console does not know is shown as it is. */
export function severityName(severity: string): string {
  switch (severity) {
    case "info":
      return t("info");
    case "warning":
      return t("warning");
    case "error":
      return t("error");
    case "critical":
      return t("critical");
    default:
      return severity;
  }
}

export function formatLabels(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}

/** A value with at most three significant decimals; integers in full. */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return formatDecimal(value, Math.abs(value) < 1 ? 3 : 1);
}

/** The address of the records that the alert's rule evaluated, narrowed to the alert's group. */
export function alertHref(alert: Pick<Alert | AlertChange, "labels">, rule: Rule | undefined): string {
  if (!rule) return routeHash("alerts");
  const query = Object.entries(alert.labels).reduce(
    (text, [name, value]) => addFilter(text, equals(name, value)),
    filterPart(rule.query),
  );
  return exploreHref(query, "15m");
}

/** Whether somebody takes care of an alert, or nobody wants to hear of it. */
export function isQuiet({ silenced, acknowledged }: Pick<Alert, "silenced" | "acknowledged">): boolean {
  return silenced === true || acknowledged !== undefined;
}

/** Alerts that fire and that nobody has taken on. */
export function openAlerts<T extends Alert>(alerts: readonly T[]): T[] {
  return alerts.filter((alert) => alert.state === "FIRING" && !isQuiet(alert));
}

/** What the value is compared with: "> 10"; empty where there is no number. */
export function thresholdText(alert: Pick<Alert, "threshold">, rule: Rule | undefined): string {
  const threshold = alert.threshold ?? rule?.threshold;
  return threshold === undefined ? "" : `${rule?.comparison ?? "/"} ${formatValue(threshold)}`;
}
