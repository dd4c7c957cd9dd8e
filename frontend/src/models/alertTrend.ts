import type { Alert } from "../api/types";
import { formatLabels } from "./alerts";

/** An alert with its values since this console was opened, oldest first. */
export interface WatchedAlert extends Alert {
  trend: number[];
}

/** Values kept per alert: ten minutes at one reading every five seconds. */
const KEPT = 120;

/** The identity of an alert: its rule and its group. */
export function alertKey(alert: Pick<Alert, "rule" | "labels">): string {
  return `${alert.rule} ${formatLabels(alert.labels)}`;
}

/** Continues the trends of alerts that are still active. */
export function withTrends(before: readonly WatchedAlert[], alerts: readonly Alert[]): WatchedAlert[] {
  const known = new Map(before.map((alert) => [alertKey(alert), alert.trend]));
  return alerts.map((alert) => ({
    ...alert,
    trend: [...(known.get(alertKey(alert)) ?? []), alert.value].slice(-KEPT),
  }));
}
