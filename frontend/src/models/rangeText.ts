import { parseDuration } from "./format";
import type { TimeRange } from "./timeRange";
import { momentOf, timeAt } from "./zone";

/** Examples of each form of a typed range. */
export const RANGE_EXAMPLES = "90m · yesterday · 2026-11-21 · 10:00 to 11:30 · 3h ago to 1h ago";

const DAY_MS = 86_400_000;

/** Parses a typed range; `undefined` for other text. Times are in the selected time zone. */
export function parseRangeText(text: string, now: number): TimeRange | undefined {
  const words = shortened(text.trim().toLowerCase().replace(/\s+/g, " "));
  if (words === "") return undefined;
  if (words === "all" || words === "all time" || words === "everything") return { kind: "all" };
  const duration = words.replace(/^(?:last |past |now ?- ?|-)/, "");
  if ((parseDuration(duration) ?? 0) > 0) return { kind: "last", duration };
  const day = dayOf(words, now);
  if (day !== undefined) return { kind: "between", start: day, end: nextDay(day) };
  const [from = "", to = "", ...more] = words.split(/ (?:to|until|-|–) |\.\.|~|\s–\s/);
  if (more.length > 0) return undefined;
  const start = momentTime(from, now, now);
  // A clock time at the end is on the day of the start.
  const end =
    to === ""
      ? words.includes("ago") || dayOf(words.split(" ")[0] ?? "", now) !== undefined
        ? now
        : undefined
      : momentTime(to, now, start ?? now);
  if (start === undefined || end === undefined || start >= end) return undefined;
  return { kind: "between", start, end };
}

/** Durations in words as the server writes them: "last 2 hours" → "last 2h", "last week" → "last 1w". */
function shortened(words: string): string {
  return words
    .replace(/\b(last|past) (?=(?:minute|hour|day|week)\b)/, "$1 1 ")
    .replace(/(\d) ?(?:minutes?|mins?)\b/g, "$1m")
    .replace(/(\d) ?(?:hours?|hrs?)\b/g, "$1h")
    .replace(/(\d) ?(seconds?|secs?|days?|weeks?)\b/g, (_, digit: string, unit: string) => digit + unit.charAt(0));
}

/** The midnight that a word or date stands for. */
function dayOf(text: string, now: number): number | undefined {
  const { year, month, day } = momentOf(now);
  if (text === "today") return timeAt({ year, month, day });
  if (text === "yesterday") return timeAt({ year, month, day: day - 1 });
  const date = /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(text);
  return date ? checked(timeAt({ year: Number(date[1]), month: Number(date[2]), day: Number(date[3]) })) : undefined;
}

function nextDay(time: number): number {
  const { year, month, day } = momentOf(time + DAY_MS / 2);
  return timeAt({ year, month, day: day + 1 });
}

/** A single time: `now`, `3h ago`, a date, a date with a clock time, RFC 3339, or a clock time on the day of `near`. */
function momentTime(text: string, now: number, near: number): number | undefined {
  const words = text.trim();
  if (words === "now") return now;
  const ago = parseDuration(words.replace(/ ago$/, "").replace(/^-/, ""));
  if (ago !== undefined && (words.endsWith(" ago") || words.startsWith("-"))) return now - ago;
  const day = dayOf(words, now);
  if (day !== undefined) return day;
  if (/[zZ]$|[+-]\d\d:\d\d$/.test(words)) return checked(Date.parse(words.toUpperCase().replace(" ", "T")));
  const [date, clock] = /[ t](?=\d)/.test(words) ? words.split(/[ t](?=\d)/) : [undefined, words];
  const time = /^(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?$/.exec(clock ?? "");
  const midnight = date === undefined ? near : dayOf(date, now);
  if (!time || midnight === undefined) return undefined;
  const { year, month, day: dayOfMonth } = momentOf(midnight);
  const [hour, minute, second] = [Number(time[1]), Number(time[2]), Number(time[3] ?? 0)];
  if (hour > 24 || minute > 59 || second > 59) return undefined;
  return timeAt({ year, month, day: dayOfMonth, hour, minute, second, ms: Number((time[4] ?? "0").padEnd(3, "0")) });
}

function checked(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time;
}
