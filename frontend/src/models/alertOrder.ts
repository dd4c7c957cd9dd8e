import type { Alert } from "../api/types";
import { isQuiet } from "./alerts";
import { SEVERITIES } from "./rules";

const SERIOUSNESS: readonly string[] = SEVERITIES;

/**
 * Those that need somebody first, then the pending ones, then those that are taken care of: of each, the most serious
 * first, then the latest.
 */
export function byUrgency(a: Alert, b: Alert): number {
  const rank = (alert: Alert) => (isQuiet(alert) ? 2 : alert.state === "FIRING" ? 0 : 1);
  const seriousness = (alert: Alert) => SERIOUSNESS.indexOf(alert.severity);
  return rank(a) - rank(b) || seriousness(b) - seriousness(a) || Date.parse(b.since) - Date.parse(a.since);
}
