import type { Row } from "../api/types";
import { t } from "../i18n";

/** What a capsule's file contains. All of it may come from anybody. */
export interface Capsule {
  title: string;
  notes: string;
  query: string;
  /** Milliseconds since the epoch. */
  start: number;
  end: number;
  made: number;
  redacted: readonly (readonly [kind: string, count: number])[];
  stepMs: number;
  histogram: readonly { time: number; records: number }[];
  patterns: readonly { template: string; records: number }[];
  alerts: readonly { time: number; name: string; labels: string; from: string; to: string; reason: string }[];
  records: readonly Row[];
  /** Whether values or records are missing. */
  cut: boolean;
}

/** The largest file that is read: the server's 8 MB of text, twice and escaped. */
export const MOST_BYTES = 64 << 20;

/** As the server makes them; a file with more is not one of its. */
const MOST = { records: 10_000, histogram: 2_000, patterns: 100, alerts: 1_000, fields: 2_000, text: 25_000 };

const OPENING = '<script type="application/json" id="logcaster-capsule">';
const FORMAT = 1;

/** Why a file cannot be shown. */
class NoCapsule extends Error {}

/** Reads a capsule from its file. Nothing in the file is run or shown as anything but text. */
export function readCapsule(html: string): Capsule {
  const from = html.indexOf(OPENING);
  const to = html.indexOf("</script>", from);
  if (from < 0 || to < 0) throw new NoCapsule(t("The file is no capsule: it has no data of one."));
  let value: unknown;
  try {
    value = JSON.parse(html.slice(from + OPENING.length, to));
  } catch {
    throw new NoCapsule(t("The capsule's data is damaged; it may have been cut on its way."));
  }
  const data = objectOf(value);
  if (data.format !== FORMAT)
    throw new NoCapsule(t("The capsule has a format that this console does not know. Newer versions may open it."));
  return {
    title: textOf(data.title),
    notes: textOf(data.notes),
    query: textOf(data.query),
    start: timeOf(data.start),
    end: timeOf(data.end),
    made: timeOf(data.made),
    redacted: Object.entries(objectOf(data.redacted)).map(([kind, count]) => [textOf(kind), countOf(count)]),
    stepMs: countOf(data.stepMillis),
    histogram: listOf(data.histogram, MOST.histogram).map((one) => ({
      time: timeOf(one.time),
      records: countOf(one.records),
    })),
    patterns: listOf(data.patterns, MOST.patterns).map((one) => ({
      template: textOf(one.template),
      records: countOf(one.records),
    })),
    alerts: listOf(data.alerts, MOST.alerts).map((one) => ({
      time: timeOf(one.time),
      name: textOf(one.name),
      labels: textOf(one.labels),
      from: textOf(one.from),
      to: textOf(one.to),
      reason: textOf(one.reason),
    })),
    records: listOf(data.records, MOST.records).map(rowOf),
    cut: data.cut === true,
  };
}

function strange(): NoCapsule {
  return new NoCapsule(t("The capsule's data is not what LogCaster writes, so it is not shown."));
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw strange();
  return value as Record<string, unknown>;
}

function listOf(value: unknown, most: number): Record<string, unknown>[] {
  if (!Array.isArray(value) || value.length > most) throw strange();
  return value.map(objectOf);
}

function textOf(value: unknown): string {
  if (typeof value !== "string" || value.length > MOST.text) throw strange();
  return value;
}

function countOf(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) throw strange();
  return value;
}

function timeOf(value: unknown): number {
  const time = Date.parse(textOf(value));
  if (Number.isNaN(time)) throw strange();
  return time;
}

function rowOf(value: Record<string, unknown>): Row {
  const fields = Object.entries(value);
  if (fields.length > MOST.fields) throw strange();
  return Object.fromEntries(fields.map(([name, text]) => [textOf(name), textOf(text)]));
}

/** The name for a capsule's file. */
export function capsuleFile(title: string): string {
  const plain = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${plain || "capsule"}.html`;
}
