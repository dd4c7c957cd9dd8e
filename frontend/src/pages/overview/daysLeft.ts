import type { Metrics } from "../../api/types";
import { t } from "../../i18n";
import { formatCount } from "../../models/format";
import type { MetricsSample } from "../../models/metricsHistory";

const DAY_MS = 86_400_000;

/** A shorter history would mistake a burst for the usual rate. */
const LONG_ENOUGH_MS = 120_000;

/**
 * How long the free space lasts at the average rate of the history and the average size of a stored record; `undefined`
 * while the history is too short, nothing arrives or nothing is stored.
 */
export function daysLeft(storage: Metrics["storage"], history: readonly MetricsSample[]): string | undefined {
  let records = 0;
  let watched = 0;
  for (const { from, time, rates } of history) {
    records += (rates.stored * (time - from)) / 1000;
    watched += time - from;
  }
  if (watched < LONG_ENOUGH_MS || records <= 0 || storage.records <= 0 || storage.bytes <= 0) return undefined;
  const bytesPerDay = (storage.bytes / storage.records) * records * (DAY_MS / watched);
  const days = storage.freeBytes / bytesPerDay;
  if (days > 3650) return t("over 10 years left");
  if (days > 730) return t("{years} years left", { years: Math.floor(days / 365) });
  if (days >= 2) return t("{days} days left", { days: formatCount(Math.floor(days)) });
  return t("{hours} hours left", { hours: Math.floor(days * 24) });
}
