import type { Row } from "../api/types";
import { orderedFields } from "./record";

/** A field of several rows. */
export interface FieldDiff {
  name: string;
  /** One for each row; empty where a row lacks the field. */
  values: string[];
  same: boolean;
}

/** Rows field by field: the message first, then those that differ in reading order, then those that are the same. */
export function diffRows(rows: readonly Row[]): FieldDiff[] {
  const names = new Set(["_msg", ...rows.flatMap((row) => orderedFields(row).map(([name]) => name))]);
  const all = [...names].map((name): FieldDiff => {
    const values = rows.map((row) => row[name] ?? "");
    return { name, values, same: values.every((value) => value === values[0]) };
  });
  const shown = all.filter(({ values }) => values.some((value) => value !== ""));
  return [...shown.filter(({ same }) => !same), ...shown.filter(({ same }) => same)];
}

/** A longer text is compared as a whole. */
const MOST_WORDS = 400;

/** A text in parts, of which every second one is not in the other text. */
export function diffParts(text: string, other: string): string[] {
  const words = (whole: string) => whole.split(/([^\p{L}\p{N}_]+)/u).filter((word) => word !== "");
  const [a, b] = [words(text), words(other)];
  if (text === other) return [text];
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return ["", text];
  // The longest common subsequence of words, by the lengths of those of all suffixes.
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (length[i] as Uint16Array)[j] =
        a[i] === b[j] ? (length[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(length[i + 1]?.[j] ?? 0, length[i]?.[j + 1] ?? 0);
  const parts = [""];
  let j = 0;
  a.forEach((word, i) => {
    while (j < b.length && b[j] !== word && (length[i]?.[j + 1] ?? 0) > (length[i + 1]?.[j] ?? 0)) j++;
    const common = b[j] === word;
    if (common) j++;
    if (common !== (parts.length % 2 === 1)) parts.push("");
    parts[parts.length - 1] += word;
  });
  return parts;
}
