import { momentOf } from "./zone";

/** Formats numbers, sizes and times. Deterministic except for the time zone. */

const GROUPED = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const SIZE_UNITS = ["B", "KB", "MB", "GB", "TB", "PB"];
const COUNT_UNITS: [number, string][] = [
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
];

/** 12345678 → "12,345,678". */
export function formatInteger(value: number): string {
  return GROUPED.format(value);
}

/** A computed number with at most six significant digits; whole numbers in full. */
export function formatFigure(value: number): string {
  return Number.isInteger(value)
    ? formatInteger(value)
    : value.toLocaleString("en-US", { maximumSignificantDigits: 6 });
}

/** 12345678 → "12.3M"; numbers below 10,000 are printed in full. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) < 10_000) return GROUPED.format(value);
  for (const [unit, name] of COUNT_UNITS) {
    if (Math.abs(value) >= unit) return threeDigits(value / unit) + name;
  }
  return GROUPED.format(value);
}

/** A rate per second; one decimal below 10, so that low rates do not show as zero. */
export function formatRate(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value > 0 && value < 9.95) return value < 0.05 ? "<0.1" : value.toFixed(1);
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
  return `${unit === 0 ? GROUPED.format(value) : threeDigits(value)} ${SIZE_UNITS[unit] ?? ""}`;
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  return size < 9.995 ? value.toFixed(2) : size < 99.95 ? value.toFixed(1) : GROUPED.format(value);
}

export function formatPercent(part: number, whole: number): string {
  if (whole <= 0) return "0 %";
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 0.1) return "<0.1 %";
  return `${percent < 10 ? percent.toFixed(1).replace(/\.0$/, "") : Math.round(percent)} %`;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The two largest units of a span: "3d 4h", "12m 5s", "840ms". */
export function formatSpan(ms: number): string {
  if (ms < SECOND) return `${Math.max(0, Math.round(ms))}ms`;
  const parts: [number, string][] = [
    [DAY, "d"],
    [HOUR, "h"],
    [MINUTE, "m"],
    [SECOND, "s"],
  ];
  const first = parts.findIndex(([size]) => ms >= size);
  let rest = ms;
  let text = "";
  for (const [size, name] of parts.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${text === "" ? "" : " "}${count}${name}`;
  }
  return text;
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
