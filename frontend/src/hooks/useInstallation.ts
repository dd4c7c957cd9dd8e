import { useSyncExternalStore } from "react";
import { getJson } from "../api/http";
import { iconOf, PLAIN, type Installation } from "../models/installation";

const listeners = new Set<() => void>();
let current = PLAIN;

export function setInstallation(next: Installation): void {
  current = next;
  if (next.color) {
    document.documentElement.style.setProperty("--installation", next.color);
    document.querySelector<HTMLLinkElement>("link[rel='icon']")?.setAttribute("href", iconOf(next.color));
  }
  for (const notify of listeners) notify();
}

/** Asks the server once how this installation differs from others. An older server has no answer, and it looks as all do. */
export async function loadInstallation(): Promise<void> {
  try {
    setInstallation(await getJson<Installation>("console"));
  } catch {
    // The console works without it; what else fails is shown by the pages.
  }
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

/** The installation's name, colour and links. */
export function useInstallation(): Installation {
  return useSyncExternalStore(subscribe, () => current);
}
