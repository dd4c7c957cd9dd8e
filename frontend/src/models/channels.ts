import { t } from "../i18n";
import { formatWeekday } from "./format";
import type { ChannelDraft, Hours, OptionSpec, OptionValue, Route } from "../api/notices";

/** What the server shows in place of a secret; sent back, the secret stays. */
export const MASK = "********";

/** Every channel that is enabled. */
export const ALL_CHANNELS = "*";

const NAMES: Record<string, string> = {
  webhook: "Webhook",
  email: "Email",
  slack: "Slack",
  teams: "Microsoft Teams",
  discord: "Discord",
  telegram: "Telegram",
  ntfy: "ntfy",
  pagerduty: "PagerDuty",
  opsgenie: "Opsgenie",
  alertmanager: "Alertmanager",
  syslog: "Syslog",
};

export const channelName = (type: string) => (type === "log" ? t("The server's log") : (NAMES[type] ?? type));

/** An option's name as words: "routingKey" → "Routing key", "caCertificate" → "CA certificate". */
export function optionName(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/\b(?:api|ca|id|kms|tls|url)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** An option's value as the text of its input: lists one element a line, maps one `name: value` a line. */
export function optionText(value: OptionValue | undefined): string {
  if (value === undefined || typeof value === "boolean") return "";
  if (Array.isArray(value)) return value.join("\n");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([name, text]) => `${name}: ${text}`)
      .join("\n");
  return String(value);
}

/** The value of an option's text; `undefined` where it is empty. Numbers that are none stay text, which the server refuses. */
export function optionValue(type: string, text: string): OptionValue | undefined {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (lines.length === 0) return undefined;
  if (type === "LIST") return lines;
  if (type === "MAP") {
    const pairs = lines.map((line) => {
      const [name = "", ...rest] = line.split(":");
      return [name.trim(), rest.join(":").trim()];
    });
    return Object.fromEntries(pairs) as Record<string, string>;
  }
  if (type === "NUMBER") return Number.isNaN(Number(text)) ? text : Number(text);
  return text.trim();
}

/** What has options: a kind of channel, a type of sink. */
interface Optioned {
  options: readonly OptionSpec[];
}

/** The first required option without a value. */
export function missingOption(
  draft: Pick<ChannelDraft, "options">,
  kind: Optioned | undefined,
): OptionSpec | undefined {
  return kind?.options.find(({ name, required }) => required && draft.options[name] === undefined);
}

/**
 * Secrets that have to be given again, because an address has changed to which they would be sent. The server refuses
 * masks for these.
 */
export function secretsToRepeat(
  before: Readonly<Record<string, OptionValue>>,
  after: Readonly<Record<string, OptionValue>>,
  kind: Optioned | undefined,
): string[] {
  const options = kind?.options ?? [];
  const same = (a: OptionValue | undefined, b: OptionValue | undefined) => JSON.stringify(a) === JSON.stringify(b);
  const moved = options.some(
    ({ name, address, fallback }) => address && !same(before[name] ?? fallback, after[name] ?? fallback),
  );
  if (!moved) return [];
  return options.filter(({ name, secret }) => secret && optionText(after[name]).includes(MASK)).map(({ name }) => name);
}

/** The labels of the alerts that a channel takes, one a line: `severity=critical`. */
export const labelsText = (labels: Readonly<Record<string, string>> | undefined) =>
  Object.entries(labels ?? {})
    .map(([label, value]) => `${label}=${value}`)
    .join("\n");

/** The labels of such a text; `undefined` if a line is no label and its value. */
export function labelsOf(text: string): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const [, label, value] = /^\s*([^=!\s]+)\s*=(?!~)\s*(.*?)\s*$/.exec(line) ?? [];
    if (label === undefined || value === undefined) return undefined;
    labels[label] = value;
  }
  return labels;
}

export const NEW_ROUTE: Route = {
  name: "",
  match: [],
  channels: [ALL_CHANNELS],
  groupBy: ["rule"],
  groupWait: "10s",
  groupInterval: "1m",
  repeatInterval: "4h",
  sendResolved: true,
  quietHours: [],
  continue: false,
};

/** Hours of the week: "Sat, Sun 22:00–06:00 Europe/Berlin". */
export function hoursText({ days, from, to, timeZone }: Hours): string {
  const some = days && days.length > 0 && days.length < 7;
  return `${some ? days.map(formatWeekday).join(", ") : t("every day")} ${from}–${to} ${timeZone ?? "UTC"}`;
}

/** A route as a sentence about its times. */
export function routeTimes(route: Route): string {
  const repeat =
    route.repeatInterval === "0s"
      ? t("never repeated")
      : t("repeated every {interval}", { interval: route.repeatInterval });
  const grouped =
    route.groupBy.length === 0
      ? t("one notice for all alerts")
      : t("one notice per {labels}", { labels: route.groupBy.join(", ") });
  const parts = [grouped, repeat];
  if (!route.sendResolved) parts.push(t("no notice when alerts resolve"));
  for (const hours of route.quietHours) parts.push(t("quiet {hours}", { hours: hoursText(hours) }));
  return parts.join("; ");
}

/** The list with an element moved by one place. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const next = [...list];
  const [one] = next.splice(index, 1);
  if (one !== undefined) next.splice(index + by, 0, one);
  return next;
}
