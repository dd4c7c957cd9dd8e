import type { Alert } from "../api/types";
import { formatLabels } from "./alerts";

/** An alert with the values it had while this console looked on, oldest first. */
export interface WatchedAlert extends Alert {
  trend: number[];
}

/** Values kept of each alert: ten minutes at a reading every five seconds. */
const KEPT = 120;

/** What tells an alert from the others: its rule and its group. */
export function alertKey(alert: Pick<Alert, "rule" | "labels">): string {
  return `${alert.rule} ${formatLabels(alert.labels)}`;
}

/** Continues the trends of the alerts that are still there. */
export function withTrends(before: readonly WatchedAlert[], alerts: readonly Alert[]): WatchedAlert[] {
  const known = new Map(before.map((alert) => [alertKey(alert), alert.trend]));
  return alerts.map((alert) => ({
    ...alert,
    trend: [...(known.get(alertKey(alert)) ?? []), alert.value].slice(-KEPT),
  }));
}
