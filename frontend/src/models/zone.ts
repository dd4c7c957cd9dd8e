/** The time zone for shown and typed times: the viewer's own, or UTC. One choice for the whole console. */
export type Zone = "local" | "utc";

const KEY = "logcaster.zone";
const listeners = new Set<() => void>();

let current: Zone = stored();

function stored(): Zone {
  try {
    return localStorage.getItem(KEY) === "utc" ? "utc" : "local";
  } catch {
    // Where storage is blocked or missing, as in a test without a browser, the choice lasts as long as the page.
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

/** The calendar and clock fields of a time, in the selected time zone. */
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

/** The time of calendar and clock fields in the selected time zone. Days and hours may overflow, as in the 32nd. */
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

/** The zone's offset from UTC at a time: "UTC", "UTC+01:00". */
export function zoneName(time: number): string {
  const minutes = current === "utc" ? 0 : -new Date(time).getTimezoneOffset();
  if (minutes === 0) return "UTC";
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `UTC${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

/** The zone's current offset from UTC. */
export function presentZoneName(): string {
  return zoneName(Date.now());
}
