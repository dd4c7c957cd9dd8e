import { useLocaleChoice } from "../hooks/useLocale";
import { t } from "../i18n";
import { chooseLocale, LOCALE_NAMES, type LocaleChoice } from "../i18n/locale";
import { Icon } from "./Icon";
import { Menu } from "./Menu";

const CHOICES: LocaleChoice[] = ["browser", "en", "ko"];

/** Chooses the console's language; each is called by its own name. */
export function LanguageMenu() {
  const chosen = useLocaleChoice();
  return (
    <Menu label={<Icon name="globe" />} name={t("Language")} align="right" icon>
      {(close) =>
        CHOICES.map((choice) => (
          <button
            key={choice}
            type="button"
            className="menu-item"
            aria-pressed={choice === chosen}
            lang={choice === "browser" ? undefined : choice}
            onClick={() => {
              close();
              void chooseLocale(choice);
            }}
          >
            {choice === "browser" ? t("Language of the browser") : LOCALE_NAMES[choice]}
          </button>
        ))
      }
    </Menu>
  );
}
