import { useSyncExternalStore } from "react";
import type { Row } from "../api/types";
import { sameRow } from "../models/record";

/** More would leave no room for the others. */
const MOST_PINNED = 8;

const listeners = new Set<() => void>();
let pinned: readonly Row[] = [];

function put(rows: readonly Row[]): void {
  pinned = rows;
  for (const notify of listeners) notify();
}

/** Keeps rows above the list, whatever is searched for, until the page is left or they are let go of. */
export function pinRows(rows: readonly Row[]): void {
  const fresh = rows.filter((row) => !pinned.some((one) => sameRow(one, row)));
  put([...pinned, ...fresh].slice(-MOST_PINNED));
}

export function unpinRow(row: Row): void {
  put(pinned.filter((one) => !sameRow(one, row)));
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

export function usePinnedRows(): readonly Row[] {
  return useSyncExternalStore(subscribe, () => pinned);
}
