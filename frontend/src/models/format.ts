import { t } from "../i18n";
import { locale, type Locale } from "../i18n/locale";
import { momentOf } from "./zone";

/** Formats numbers, sizes and times. Deterministic except for the time zone. */

const TAGS = { en: "en-US", ko: "ko-KR" };
const FORMATS = new Map<string, Intl.NumberFormat>();

/** The language's format, made once for each kind. */
function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale()} ${JSON.stringify(options)}`;
  const known = FORMATS.get(key) ?? new Intl.NumberFormat(TAGS[locale()], options);
  FORMATS.set(key, known);
  return known;
}

const grouped = (value: number) => numbers({ maximumFractionDigits: 0 }).format(value);
const SIZE_UNITS = ["B", "KB", "MB", "GB", "TB", "PB"];
/** Korean groups large numbers by ten thousands. */
const COUNT_UNITS: Record<Locale, [number, string][]> = {
  en: [
    [1e12, "T"],
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ],
  ko: [
    [1e12, "조"],
    [1e8, "억"],
    [1e4, "만"],
  ],
};

/** 12345678 → "12,345,678". */
export function formatInteger(value: number): string {
  return grouped(value);
}

/** A computed number with at most six significant digits; whole numbers in full. */
export function formatFigure(value: number): string {
  return Number.isInteger(value) ? formatInteger(value) : numbers({ maximumSignificantDigits: 6 }).format(value);
}

/** With at most so many digits after the point. */
export function formatDecimal(value: number, digits: number): string {
  return numbers({ maximumFractionDigits: digits }).format(value);
}

/** 12345678 → "12.3M", "1235만"; numbers below 10,000 are printed in full. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) < 10_000) return grouped(value);
  for (const [unit, name] of COUNT_UNITS[locale()]) {
    if (Math.abs(value) >= unit) return threeDigits(value / unit) + name;
  }
  return grouped(value);
}

const ONE_DIGIT = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** A rate per second; one decimal below 10, so that low rates do not show as zero. */
export function formatRate(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value > 0 && value < 9.95) return value < 0.05 ? "<0.1" : numbers(ONE_DIGIT).format(value);
  return formatCount(Math.round(value));
}

/** Bytes in units of 1,024: 64 MB is 67,108,864. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return "–";
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1000 && unit < SIZE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? grouped(value) : threeDigits(value)} ${SIZE_UNITS[unit] ?? ""}`;
}

/** Round numbers without a fraction, as they are labels of axes: "20k", not "20.0k". */
function threeDigits(value: number): string {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 99.95 ? 0 : size < 9.995 ? 2 : 1;
  return numbers({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** A share as the language writes it, with a decimal below 10 %: "9.9%", "33%". */
export function formatPercent(part: number, whole: number): string {
  return whole > 0 ? formatPercents((part / whole) * 100) : formatPercents(0);
}

/** A number that is a percentage already. */
export function formatPercents(percents: number, digits = Math.abs(percents) < 9.95 ? 1 : 0): string {
  if (percents > 0 && percents < 0.1) return `<${formatPercents(0.1)}`;
  return numbers({ style: "percent", maximumFractionDigits: digits }).format(percents / 100);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type TimeUnit = "day" | "hour" | "minute" | "second" | "millisecond";

const inUnit = (value: number, unit: TimeUnit) =>
  numbers({ style: "unit", unit, unitDisplay: "narrow", useGrouping: false }).format(value);

/** The two largest units of a span: "3d 4h", "12m 5s", "840ms"; "3일 4시간". */
export function formatSpan(ms: number): string {
  if (ms < SECOND) return inUnit(Math.max(0, Math.round(ms)), "millisecond");
  const parts: [number, TimeUnit][] = [
    [DAY, "day"],
    [HOUR, "hour"],
    [MINUTE, "minute"],
    [SECOND, "second"],
  ];
  const first = parts.findIndex(([size]) => ms >= size);
  let rest = ms;
  let text = "";
  for (const [size, name] of parts.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${text === "" ? "" : " "}${inUnit(count, name)}`;
  }
  return text;
}

/** How long ago something was: "5m 3s ago", "just now". */
export function formatAgo(ms: number): string {
  return ms < SECOND ? t("just now") : t("{now} ago", { now: formatSpan(ms) });
}

/** A duration as the server writes it, in words of the language: "90m" stays so in English and becomes "1시간 30분". */
export function formatDuration(text: string): string {
  const ms = locale() === "en" ? undefined : parseDuration(text);
  return ms === undefined ? text : formatSpan(ms);
}

/** A short time with its fraction: "0.25 ms". */
export function formatMillis(ms: number): string {
  return `${formatDecimal(ms, 2)} ms`;
}

/** Parses a duration in the server's format (`500ms 5s 1m 2h 7d`) into milliseconds; `undefined` for other text. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/.exec(text.trim());
  if (!match) return undefined;
  const unit = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY }[match[2] as "ms"];
  return Number(match[1]) * unit;
}

/** Milliseconds as a duration in the largest unit without remainder: 90000 → "90s", 86400000 → "1d". */
export function durationText(ms: number): string {
  const units: [number, string][] = [
    [DAY, "d"],
    [HOUR, "h"],
    [MINUTE, "m"],
    [SECOND, "s"],
  ];
  const [size, name] = units.find(([unit]) => ms >= unit && ms % unit === 0) ?? [1, "ms"];
  return `${ms / size}${name}`;
}

const pad = (value: number, digits = 2) => String(value).padStart(digits, "0");

/** Milliseconds since the epoch as "2026-11-21 09:15:02.123" in the selected time zone. */
export function formatDateTime(ms: number, fraction = true): string {
  if (Number.isNaN(new Date(ms).getTime())) return "–";
  const { year, month, day } = momentOf(ms);
  return `${year}-${pad(month)}-${pad(day)} ${formatClock(ms, fraction)}`;
}

/** Milliseconds since the epoch as "09:15:02.123" in the selected time zone. */
export function formatClock(ms: number, fraction = true): string {
  if (Number.isNaN(new Date(ms).getTime())) return "–";
  const moment = momentOf(ms);
  const clock = `${pad(moment.hour)}:${pad(moment.minute)}:${pad(moment.second)}`;
  return fraction ? `${clock}.${pad(moment.ms, 3)}` : clock;
}

/** Milliseconds of a record's `_time`. Digits below the millisecond are truncated, never rounded. */
export function timeOf(text: string | undefined): number {
  if (!text) return Number.NaN;
  return Date.parse(text.replace(/(\.\d{3})\d+/, "$1"));
}

/** Compares two RFC 3339 times in UTC by all their digits; a `Date` would truncate those below the millisecond. */
export function compareTimes(a: string, b: string): number {
  // Without the Z, a shorter fraction sorts before the same one with more digits, as it should.
  const left = a.replace(/Z$/, "");
  const right = b.replace(/Z$/, "");
  return left < right ? -1 : left > right ? 1 : 0;
}

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The short name of a day of the week, given as the server writes it: "sat" → "Sat", "토". */
export function formatWeekday(day: string): string {
  const index = WEEKDAYS.indexOf(day.toLowerCase());
  if (index < 0) return day;
  // The fifth of January 1970 was a Monday.
  return new Intl.DateTimeFormat(TAGS[locale()], { weekday: "short", timeZone: "UTC" }).format((index + 4) * DAY);
}
