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

/** What follows the system's theme, the other one, and the chosen one; the third choice is the system's again. */
export function nextTheme(): ThemeChoice {
  const system = systemDark()?.matches ? "dark" : "light";
  const choice = readChoice();
  if (choice === "system") return system === "dark" ? "light" : "dark";
  return choice === system ? "system" : system;
}

export function toggleTheme(): void {
  chooseTheme(nextTheme());
}

/** The theme that was chosen; `system` follows the system's. */
export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, readChoice);
}

/** The current theme; follows the system's unless one was selected. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, readTheme);
}
