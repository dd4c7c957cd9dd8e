import { t } from "../i18n";
import type { Sink, SinkDraft, SinkState, SinkType } from "../api/sinks";
import { missingOption, secretsToRepeat } from "./channels";
import { formatInteger, parseDuration } from "./format";

export const SINK_NAMES: Readonly<Record<string, string>> = {
  syslog: "Syslog",
  http: "HTTP",

  kafka: "Kafka",

  logcaster: "LogCaster",
};

/** The name of a type of sinks; that of a plug-in is its own. */
export function sinkTypeName(type: string): string {
  if (type === "file") return t("File");
  if (type === "jdbc") return t("Database (JDBC)");
  if (type === "s3") return t("S3 archive");
  return SINK_NAMES[type] ?? type;
}

/** What the states mean, and whether somebody has to look. */
export const SINK_STATES: Readonly<Record<SinkState, { label: string; tone: "good" | "calm" | "bad"; help: string }>> =
  {
    running: {
      get label() {
        return t("running");
      },
      tone: "good",
      get help() {
        return t("Records are sent as they come");
      },
    },
    replaying: {
      get label() {
        return t("replaying");
      },
      tone: "good",
      get help() {
        return t("Stored records are sent first");
      },
    },
    paused: {
      get label() {
        return t("paused");
      },
      tone: "calm",
      get help() {
        return t("Nothing is sent; the queue fills");
      },
    },
    disabled: {
      get label() {
        return t("off");
      },
      tone: "calm",
      get help() {
        return t("No records are queued or sent");
      },
    },
    failing: {
      get label() {
        return t("failing");
      },
      tone: "bad",
      get help() {
        return t("The receiver does not take them; it is tried again");
      },
    },
    blocked: {
      get label() {
        return t("blocked");
      },
      tone: "bad",
      get help() {
        return t("The queue is full");
      },
    },
    broken: {
      get label() {
        return t("broken");
      },
      tone: "bad",
      get help() {
        return t("It cannot run as it is described");
      },
    },
  };

export const NEW_SINK: Omit<SinkDraft, "type"> = {
  name: "",
  enabled: true,
  filter: "*",
  from: "now",
  queue: {},
  options: {},
};

export interface SinkProblems {
  name?: string;
  linger?: string;
  batchSize?: string;
  maxBytes?: string;
  /** By the names of options. */
  options: Partial<Record<string, string>>;
}

/** What the server would refuse, as far as it can be known here. */
export function sinkProblems(draft: SinkDraft, type: SinkType | undefined, before: Sink | undefined): SinkProblems {
  const problems: SinkProblems = { options: {} };
  if (draft.name.trim() === "") problems.name = t("Enter a name.");
  if (draft.linger && parseDuration(draft.linger) === undefined)
    problems.linger = t("Enter a duration such as 500ms or 1s.");
  if (draft.batchSize !== undefined && !(Number.isInteger(draft.batchSize) && draft.batchSize > 0))
    problems.batchSize = t("Enter a whole number.");
  if (draft.queue.maxBytes && !/^\d+\s*(?:B|KB|MB|GB|TB)$/i.test(draft.queue.maxBytes.trim()))
    problems.maxBytes = t("Enter a size such as 256MB or 2GB.");
  const missing = missingOption(draft, type);
  if (missing) problems.options[missing.name] = t("Required.");
  if (before)
    for (const name of secretsToRepeat(before.options, draft.options, type))
      problems.options[name] = t("Enter this again: the receiver has changed.");
  return problems;
}

export function hasProblems({ options, ...own }: SinkProblems): boolean {
  return Object.keys(own).length > 0 || Object.keys(options).length > 0;
}

/** What is sent: without what is empty, which takes the type's default. */
export function sinkBody({
  name,
  type,
  enabled,
  filter,
  from,
  batchSize,
  linger,
  queue,
  options,
}: SinkDraft): SinkDraft {
  const maxBytes = queue.maxBytes?.trim();
  return {
    name: name.trim(),
    type,
    enabled,
    filter: filter.trim() === "*" ? "" : filter.trim(),
    from: from.trim() || "now",
    ...(batchSize !== undefined && { batchSize }),
    ...(linger?.trim() && { linger: linger.trim() }),
    queue: { ...(maxBytes && { maxBytes }), ...(queue.whenFull && { whenFull: queue.whenFull }) },
    options,
  };
}

/** Reasons of dropped records as words: "queue_full" → "queue full". */
export function droppedText(dropped: Readonly<Record<string, number>>): string {
  return Object.entries(dropped)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${formatInteger(count)} ${reason.replaceAll("_", " ")}`)
    .join(", ");
}

export function totalDropped(dropped: Readonly<Record<string, number>>): number {
  return Object.values(dropped).reduce((sum, count) => sum + count, 0);
}

/** A place to begin a replay: how long ago, or a time. */
export function isReplayStart(text: string): boolean {
  return parseDuration(text) !== undefined || (/^\d{4}-\d\d-\d\d/.test(text.trim()) && !Number.isNaN(Date.parse(text)));
}
