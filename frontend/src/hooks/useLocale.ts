import { useSyncExternalStore } from "react";
import { locale, localeChoice, onLocale, type Locale, type LocaleChoice } from "../i18n/locale";

/** The language that the console speaks. */
export function useLocale(): Locale {
  return useSyncExternalStore(onLocale, locale);
}

export function useLocaleChoice(): LocaleChoice {
  return useSyncExternalStore(onLocale, localeChoice);
}
