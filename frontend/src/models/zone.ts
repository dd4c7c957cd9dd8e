/** The time zone that moments are shown and typed in: the viewer's own, or UTC. One choice for the whole console. */
export type Zone = "local" | "utc";

const KEY = "logcaster.zone";
const listeners = new Set<() => void>();

let current: Zone = stored();

function stored(): Zone {
  try {
    return localStorage.getItem(KEY) === "utc" ? "utc" : "local";
  } catch {
    // Where storage is forbidden, or absent as in a test without a browser, the choice lasts as long as the page.
    return "local";
  }
}

export function zone(): Zone {
  return current;
}

export function chooseZone(next: Zone): void {
  current = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // As above.
  }
  for (const notify of listeners) notify();
}

export function onZone(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

export interface Moment {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
}

/** What calendar and clock show at a time, in the zone in force. */
export function momentOf(time: number): Moment {
  const date = new Date(time);
  const parts =
    current === "utc"
      ? [
          date.getUTCFullYear(),
          date.getUTCMonth(),
          date.getUTCDate(),
          date.getUTCHours(),
          date.getUTCMinutes(),
          date.getUTCSeconds(),
        ]
      : [date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes(), date.getSeconds()];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  return { year, month: month + 1, day, hour, minute, second, ms: date.getUTCMilliseconds() };
}

/** The time at which calendar and clock show this, in the zone in force. Days and hours may run over, as in the 32nd. */
export function timeAt({
  year,
  month,
  day,
  hour = 0,
  minute = 0,
  second = 0,
  ms = 0,
}: Pick<Moment, "year" | "month" | "day"> & Partial<Moment>): number {
  if (current === "utc") return Date.UTC(year, month - 1, day, hour, minute, second, ms);
  return new Date(year, month - 1, day, hour, minute, second, ms).getTime();
}

/** The zone's name and distance from UTC at a time: "UTC", "UTC+01:00". */
export function zoneName(time: number): string {
  const minutes = current === "utc" ? 0 : -new Date(time).getTimezoneOffset();
  if (minutes === 0) return "UTC";
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `UTC${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

/** The zone's name at present. */
export function presentZoneName(): string {
  return zoneName(Date.now());
}
