import { msg, type Message } from "../i18n";
import type { Row } from "../api/types";
import { textPattern } from "./highlight";

/** The colours of rules, in the order in which they are offered. */
export const MARK_COLOURS: readonly Message[] = [
  msg("Green"),
  msg("Blue"),
  msg("Amber"),
  msg("Violet"),
  msg("Olive"),
  msg("Rose"),
];

/** How a rule says that a record has come: not at all, in the tab's title, or by a sound. */
export const SIGNALS = ["", "title", "sound"] as const;
export type Signal = (typeof SIGNALS)[number];

/** A rule as it is written; a colour counts from 0. */
export interface MarkRule {
  text: string;
  colour: number;
  signal: Signal;
}

/** More rules would be more than one can tell apart, and each is tested for every record. */
export const MOST_RULES = 12;

/** A repeated group that itself repeats, which browsers may take forever to match. */
const NESTED = /\([^)]*[+*}][^)]*\)[+*{]/;

type Test = (row: Row) => boolean;
type Read = { test: Test } | { problem: Message; detail?: string };

/** What an expression tests: a word, `/expression/` on the message, or `field=value`, whose value may be an expression. */
export function readExpression(text: string): Read {
  const trimmed = text.trim();
  if (trimmed === "") return { problem: msg("Write a word, /expression/ or field=value") };
  const quoted = /^"(.+)"$/.exec(trimmed)?.[1];
  if (quoted !== undefined) return messageTest(quoted);
  if (trimmed.startsWith("/")) return withRegExp(trimmed, (pattern) => (row) => pattern.test(row._msg ?? ""));
  const field = /^([\p{L}\p{N}_.@-]+)=(.*)$/u.exec(trimmed);
  if (!field) return messageTest(trimmed);
  const [, name = "", value = ""] = field;
  if (value === "") return { problem: msg("After the equals sign, write a value or /expression/") };
  if (value.startsWith("/") && /\/i?$/.test(value) && value.length > 1)
    return withRegExp(value, (pattern) => (row) => pattern.test(row[name] ?? ""));
  const wanted = value.replace(/^"(.*)"$/, "$1").toLowerCase();
  return { test: (row) => row[name]?.toLowerCase() === wanted };
}

function messageTest(text: string): Read {
  const pattern = textPattern(text);
  if (!pattern) return { problem: msg("Write a word, /expression/ or field=value") };
  const word = /[\p{L}\p{N}_]/u;
  const before = word.test(text.charAt(0)) ? "(?<![\\p{L}\\p{N}_])" : "";
  const after = word.test(text.charAt(text.length - 1)) ? "(?![\\p{L}\\p{N}_])" : "";
  const whole = new RegExp(`${before}${pattern.source}${after}`, "iu");
  return { test: (row) => whole.test(row._msg ?? "") };
}

function withRegExp(text: string, of: (pattern: RegExp) => Test): Read {
  const end = text.lastIndexOf("/");
  const flags = text.slice(end + 1);
  if (end <= 0) return { problem: msg("The expression needs a slash at its end") };
  if (flags !== "" && flags !== "i") return { problem: msg("After the last slash, only i is allowed: any case") };
  const source = text.slice(1, end);
  if (source === "") return { problem: msg("The expression between the slashes is empty") };
  if (NESTED.test(source)) return { problem: msg("A repetition within a repetition could stop the page; write one") };
  try {
    return { test: of(new RegExp(source, `u${flags}`)) };
  } catch (error) {
    // Engines say "Invalid regular expression: /(/u: Unterminated group"; the reason is at the end.
    return { problem: msg("This is no regular expression"), detail: String(error).split(": ").pop() ?? "" };
  }
}

/** The rules in use, compiled; those with a problem do nothing. */
export interface RowMarker {
  /** The first rule that a row matches. */
  ruleOf: (row: Row) => MarkRule | undefined;
}

export function rowMarker(rules: readonly MarkRule[]): RowMarker {
  const tests = rules.flatMap((rule) => {
    const read = readExpression(rule.text);
    return "test" in read ? [{ rule, test: read.test }] : [];
  });
  return { ruleOf: (row) => tests.find(({ test }) => test(row))?.rule };
}

/** A rule as a parameter of the address: colour, `t` or `s` for its signal, colon, text. */
export function encodeRule({ text, colour, signal }: MarkRule): string {
  return `${colour}${signal.charAt(0)}:${text}`;
}

export function decodeRules(values: readonly string[]): MarkRule[] {
  return values.slice(0, MOST_RULES).flatMap((value) => {
    const [, colour, signal, text] = /^([0-5])([ts]?):(.*)$/su.exec(value) ?? [];
    if (colour === undefined || text === undefined) return [];
    return [{ text, colour: Number(colour), signal: signal === "t" ? "title" : signal === "s" ? "sound" : "" }];
  });
}

const KEY = "logcaster.rowMarks";

/** The rules that this browser keeps. */
export function storedRules(): MarkRule[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? decodeRules(stored.filter((one) => typeof one === "string")) : [];
  } catch {
    return [];
  }
}

export function storeRules(rules: readonly MarkRule[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(rules.map(encodeRule)));
  } catch {
    // Private windows may have no room; the address still has the rules.
  }
}
