import { useDeferredValue, useMemo, useState } from "react";
import { textPattern } from "../../models/highlight";
import type { RowSource } from "../../models/resultCells";
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

function rowsWith(source: RowSource, columns: readonly string[], text: string): number[] {
  if (text === "") return [];
  return source.loaded().flatMap(([index, row]) => (rowText(row, columns).toLowerCase().includes(text) ? [index] : []));
}

/** A search in the loaded rows, as they are shown. */
export function useFind(source: RowSource, columns: readonly string[]): Find {
  const [text, setText] = useState<string>();
  // Thousands of rows take longer than a key: typing goes first.
  const wanted = useDeferredValue(text ?? "").toLowerCase();
  const found = useMemo(() => rowsWith(source, columns, wanted), [source, columns, wanted]);
  const pattern = useMemo(() => textPattern(wanted), [wanted]);
  const latest = (text ?? "").toLowerCase();
  const search = () => (latest === wanted ? found : rowsWith(source, columns, latest));
  return { text, setText, pattern, found, search };
}

/** The place among ascending indices of the next one after, or before, an index; goes round at the ends. */
export function nextFound(found: readonly number[], from: number, step: 1 | -1): number {
  if (found.length === 0) return -1;
  const at = step > 0 ? found.findIndex((index) => index > from) : found.findLastIndex((index) => index < from);
  if (at >= 0) return at;
  return step > 0 ? 0 : found.length - 1;
}
