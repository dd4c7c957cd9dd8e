import { useDeferredValue, useMemo, useState } from "react";
import type { Row } from "../../api/types";
import { textPattern } from "../../models/highlight";
import { rowText } from "../../models/rowText";

export interface Find {
  /** Absent while nothing is searched for. */
  text: string | undefined;
  setText: (text: string | undefined) => void;
  pattern: RegExp | undefined;
  /** Indices of the rows that contain the text, ascending. */
  found: readonly number[];
  /** The same for the text as it is at this moment, while `found` may still be that of the text before. */
  search: () => readonly number[];
}

function rowsWith(rows: readonly Row[], columns: readonly string[], text: string): number[] {
  if (text === "") return [];
  return rows.flatMap((row, index) => (rowText(row, columns).toLowerCase().includes(text) ? [index] : []));
}

/** A search in the loaded rows, as they are shown. */
export function useFind(rows: readonly Row[], columns: readonly string[]): Find {
  const [text, setText] = useState<string>();
  // Thousands of rows take longer than a key: typing goes first.
  const wanted = useDeferredValue(text ?? "").toLowerCase();
  const found = useMemo(() => rowsWith(rows, columns, wanted), [rows, columns, wanted]);
  const pattern = useMemo(() => textPattern(wanted), [wanted]);
  const latest = (text ?? "").toLowerCase();
  const search = () => (latest === wanted ? found : rowsWith(rows, columns, latest));
  return { text, setText, pattern, found, search };
}

/** The place among ascending indices of the next one after, or before, an index; goes round at the ends. */
export function nextFound(found: readonly number[], from: number, step: 1 | -1): number {
  if (found.length === 0) return -1;
  const at = step > 0 ? found.findIndex((index) => index > from) : found.findLastIndex((index) => index < from);
  if (at >= 0) return at;
  return step > 0 ? 0 : found.length - 1;
}
