import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";
export type ThemeChoice = Theme | "system";

const KEY = "logcaster.theme";
const listeners = new Set<() => void>();
const systemDark = () => window.matchMedia?.("(prefers-color-scheme: dark)");

function subscribe(notify: () => void): () => void {
  const media = systemDark();
  listeners.add(notify);
  media?.addEventListener("change", notify);
  return () => {
    listeners.delete(notify);
    media?.removeEventListener("change", notify);
  };
}

function readChoice(): ThemeChoice {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

function readTheme(): Theme {
  const choice = readChoice();
  if (choice !== "system") return choice;
  return systemDark()?.matches ? "dark" : "light";
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  try {
    if (choice === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // Where storage is blocked, the choice lasts as long as the page.
  }
  for (const notify of listeners) notify();
}

export function toggleTheme(): void {
  chooseTheme(readTheme() === "dark" ? "light" : "dark");
}

/** The current theme; follows the system's unless one was selected. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, readTheme);
}
