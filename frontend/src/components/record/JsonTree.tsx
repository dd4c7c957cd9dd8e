import { useState } from "react";
import { t } from "../../i18n";
import { entriesOf, type Json } from "../../models/json";
import { Icon } from "../Icon";
import { LongText } from "./LongText";

const VALUE_SHOWN = 2_000;
/** Entries of one object or array that are drawn at once. */
const ENTRIES_SHOWN = 100;
/** Objects below this depth are closed at first. */
const OPEN_DEPTH = 2;

/** An object or array as a tree that folds. */
export function JsonTree({ value, name, depth = 0 }: { value: Json; name?: string; depth?: number }) {
  const entries = entriesOf(value);
  const [open, setOpen] = useState(depth < OPEN_DEPTH);
  const [shown, setShown] = useState(ENTRIES_SHOWN);
  const label = name !== undefined && <span className="json-name">{name}: </span>;
  if (!entries)
    return (
      <li className="json-leaf">
        {label}
        <span className={`json-${value === null ? "null" : typeof value}`}>
          <LongText text={JSON.stringify(value)} most={VALUE_SHOWN} />
        </span>
      </li>
    );
  const array = Array.isArray(value);
  return (
    <li>
      <button type="button" className="json-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? "down" : "chevron"} size={10} />
        {label}
        <span className="muted">
          {array ? "[" : "{"}
          {!open && ` ${entries.length} ${array ? "]" : "}"}`}
        </span>
      </button>
      {open && (
        <>
          <ul>
            {entries.slice(0, shown).map(([key, one]) => (
              <JsonTree key={key} name={key} value={one} depth={depth + 1} />
            ))}
            {entries.length > shown && (
              <li>
                <button type="button" className="link" onClick={() => setShown(shown + 10 * ENTRIES_SHOWN)}>
                  {t("… {length} more", { length: entries.length - shown })}
                </button>
              </li>
            )}
          </ul>
          <span className="json-end muted">{array ? "]" : "}"}</span>
        </>
      )}
    </li>
  );
}
