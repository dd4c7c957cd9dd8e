import type { Metrics } from "../../api/types";
import { formatCount } from "../../models/format";

const SECONDS_A_DAY = 86_400;

/**
 * How long the free space lasts at the present rate and the average size of a stored record; `undefined` while nothing
 * flows in or nothing is stored to take the average of.
 */
export function daysLeft(storage: Metrics["storage"], storedPerSecond: number): string | undefined {
  if (storage.records <= 0 || storage.bytes <= 0 || !(storedPerSecond > 0)) return undefined;
  const bytesPerDay = (storage.bytes / storage.records) * storedPerSecond * SECONDS_A_DAY;
  const days = storage.freeBytes / bytesPerDay;
  if (days > 3650) return "over 10 years left";
  if (days > 730) return `${Math.floor(days / 365)} years left`;
  if (days >= 2) return `${formatCount(Math.floor(days))} days left`;
  return `${Math.floor(days * 24)} hours left`;
}
