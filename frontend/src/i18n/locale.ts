/**
 * The console's language. English texts stand in the source; a catalogue translates them, and is fetched only by who reads
 * that language. The locale also decides how numbers, counts and durations are written.
 */
export type Locale = "en" | "ko";

/** What was chosen; `browser` follows the languages of the browser. */
export type LocaleChoice = Locale | "browser";

export type Catalogue = Readonly<Record<string, string>>;

/** A loaded language: its texts, and what mends a sentence after values were put into it. */
export interface Speech {
  texts: Catalogue;
  finish: (sentence: string) => string;
}

/** The languages by their own names. */
export const LOCALE_NAMES: Record<Locale, string> = { en: "English", ko: "한국어" };

const KEY = "logcaster.locale";
const SPEECHES: Record<Exclude<Locale, "en">, () => Promise<{ default: Speech }>> = { ko: () => import("./ko") };

let choice: LocaleChoice = stored();
let current: Locale = "en";
let speech: Speech | undefined;
const listeners = new Set<() => void>();

function stored(): LocaleChoice {
  try {
    const text = localStorage.getItem(KEY);
    return text === "en" || text === "ko" ? text : "browser";
  } catch {
    // Where storage is blocked or missing, as in a test without a browser, the choice lasts as long as the page.
    return "browser";
  }
}

/** The first of the languages that the console speaks; English where it speaks none of them. */
export function preferred(languages: readonly string[]): Locale {
  for (const language of languages) {
    const name = language.toLowerCase().split("-")[0];
    if (name === "en" || name === "ko") return name;
  }
  return "en";
}

function wanted(): Locale {
  if (choice !== "browser") return choice;
  return preferred(typeof navigator === "undefined" ? [] : (navigator.languages ?? []));
}

export const locale = (): Locale => current;
export const localeChoice = (): LocaleChoice => choice;
export const loadedSpeech = (): Speech | undefined => speech;

export function onLocale(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

/** Loads the wanted language. Stays with the current one if its catalogue cannot be fetched. */
export async function loadLocale(): Promise<void> {
  const next = wanted();
  let loaded: Speech | undefined;
  try {
    loaded = next === "en" ? undefined : (await SPEECHES[next]()).default;
  } catch {
    return;
  }
  // Another language may have been chosen while this one was on its way.
  if (next !== wanted()) return;
  current = next;
  speech = loaded;
  if (typeof document !== "undefined") document.documentElement.lang = next;
  for (const notify of listeners) notify();
}

export function chooseLocale(next: LocaleChoice): Promise<void> {
  choice = next;
  try {
    if (next === "browser") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // As above.
  }
  return loadLocale();
}
