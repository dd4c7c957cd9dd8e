import { Fragment } from "react";
import { t, tr } from "../i18n";
import { GENERAL_KEYS, PAGE_KEYS, type KeyHint } from "../models/pageKeys";
import { PAGE_TITLES, type Page } from "../models/route";
import { Sheet } from "./Sheet";

interface Props {
  page: Page;
  onClose: () => void;
}

/** What the page offers by key and pointer, then what works on every page. */
export function ShortcutSheet({ page, onClose }: Props) {
  const { keys, hints } = PAGE_KEYS[page];
  return (
    <Sheet title={t("Keyboard shortcuts")} onClose={onClose}>
      <h3>{tr(PAGE_TITLES[page])}</h3>
      <Keys keys={keys} />
      {hints.length > 0 && (
        <ul className="key-hints">
          {hints.map((hint) => (
            <li key={hint}>{tr(hint)}</li>
          ))}
        </ul>
      )}
      <h3>{t("On every page")}</h3>
      <Keys keys={GENERAL_KEYS} />
    </Sheet>
  );
}

function Keys({ keys }: { keys: readonly KeyHint[] }) {
  if (keys.length === 0) return null;
  return (
    <dl className="keys">
      {keys.map(([names, meaning]) => (
        <Fragment key={names}>
          <dt>{names.split(" ").map((name, index) => (name === "·" ? " · " : <kbd key={index}>{name}</kbd>))}</dt>
          <dd>{tr(meaning)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
