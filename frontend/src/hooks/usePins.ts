import { useSyncExternalStore } from "react";

const KEY = "logcaster.pins";
const MOST_PINS = 30;
const listeners = new Set<() => void>();
let text: string | undefined;
let pins: readonly string[] = [];

function read(): readonly string[] {
  let stored = "";
  try {
    stored = localStorage.getItem(KEY) ?? "";
  } catch {
    // Where storage is blocked, pins last as long as the page.
    return pins;
  }
  if (stored !== text) {
    text = stored;
    pins = stored === "" ? [] : stored.split("\n");
  }
  return pins;
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

/** Pins a field, or takes its pin away. */
export function togglePin(name: string): void {
  const now = read();
  pins = now.includes(name) ? now.filter((one) => one !== name) : [...now, name].slice(-MOST_PINS);
  text = pins.join("\n");
  try {
    localStorage.setItem(KEY, text);
  } catch {
    // See above.
  }
  for (const notify of listeners) notify();
}

/** The fields that stand first in every record's details, in this browser. */
export function usePins(): readonly string[] {
  return useSyncExternalStore(subscribe, read);
}
