import type { Row } from "../api/types";
import { withoutAnsi } from "./ansi";
import { formatDateTime, timeOf } from "./format";
import { BUILT_IN, clip, levelText, orderedFields, sourceOf } from "./record";

const PAIRS_SHOWN = 40;
const VALUE_SHOWN = 200;

/** The fields that a row without a message shows in its place. */
export function pairsOf(row: Row, hidden: readonly string[] = []): [string, string][] {
  const apart = new Set<string>([...BUILT_IN, "level", ...hidden]);
  const source = sourceOf(row);
  const pairs: [string, string][] = [];
  for (const [name, value] of Object.entries(row)) {
    // The sender stands in a column of its own already.
    if (value === "" || apart.has(name) || (name === "app" && value === source)) continue;
    pairs.push([name, clip(value, VALUE_SHOWN).text]);
    if (pairs.length === PAIRS_SHOWN) break;
  }
  return pairs;
}

/** A value as it is written beside its name: in quotes where it would not end at a space. */
export function pairValue(value: string): string {
  return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

/** A row as a line of text, to be copied: time, level, sender, columns, message. */
export function rowText(row: Row, columns: readonly string[] = []): string {
  const time = timeOf(row._time);
  const message =
    withoutAnsi(row._msg ?? "") ||
    pairsOf(row, columns)
      .map(([name, value]) => `${name}=${pairValue(value)}`)
      .join(" ");
  return [
    Number.isNaN(time) ? "" : formatDateTime(time),
    levelText(row.level),
    sourceOf(row),
    ...columns.map((name) => row[name] ?? ""),
    message,
  ]
    .filter((part) => part !== "")
    .join("  ");
}

/** A record as a Markdown table of its fields, after its message; for a ticket or a chat. */
export function toMarkdown(row: Row): string {
  const message = withoutAnsi(row._msg ?? "");
  const longest = Math.max(2, ...[...message.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const cell = (text: string) =>
    withoutAnsi(text)
      .replaceAll("\\", "\\\\")
      .replaceAll("|", "\\|")
      .replace(/\s*\n\s*/g, " ");
  const fields = orderedFields(row).map(([name, value]) => `| ${cell(name)} | ${cell(value)} |`);
  return [...(message === "" ? [] : [fence, message, fence, ""]), "| Field | Value |", "|---|---|", ...fields].join(
    "\n",
  );
}
