import { useState } from "react";
import type { Asked } from "../../api/query";
import type { Row } from "../../api/types";
import { useInstallation } from "../../hooks/useInstallation";
import { usePins } from "../../hooks/usePins";
import { t } from "../../i18n";
import { linksOf } from "../../models/installation";
import { orderedFields } from "../../models/record";
import { DetailField } from "./DetailField";
import type { FieldActions } from "./fieldActions";

/** More fields than this usually come from a flattened object; the rest is shown on demand. */
const FIELDS_SHOWN = 60;
/** Up to this number, one sees the fields at a glance. */
const FIELDS_SEARCHED = 10;

interface Props {
  row: Row;
  actions: FieldActions;
  columns: readonly string[];
  asked?: Asked | undefined;
}

/** The fields of a record, pinned ones first, with a search where there are many. */
export function DetailFields({ row, actions, columns, asked }: Props) {
  const [all, setAll] = useState(false);
  const [search, setSearch] = useState("");
  const [pinnedOnly, setPinnedOnly] = useState(false);
  const pins = usePins();
  const { links } = useInstallation();
  const fields = orderedFields(row);
  const isPinned = ([name]: [string, string]) => pins.includes(name);
  const pinned = fields.filter(isPinned);
  const chosen = pinnedOnly && pinned.length > 0 ? pinned : [...pinned, ...fields.filter((one) => !isPinned(one))];
  const wanted = search.toLowerCase();
  const fitting =
    wanted === "" ? chosen : chosen.filter((field) => field.some((part) => part.toLowerCase().includes(wanted)));
  const shown = all ? fitting : fitting.slice(0, FIELDS_SHOWN);
  return (
    <>
      {(fields.length > FIELDS_SEARCHED || pinned.length > 0) && (
        <div className="detail-bar">
          <input
            className="input"
            type="search"
            placeholder={t("Search {length} fields", { length: fields.length })}
            aria-label={t("Search this record's fields")}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          {pinned.length > 0 && (
            <label className="check">
              <input type="checkbox" checked={pinnedOnly} onChange={(event) => setPinnedOnly(event.target.checked)} />{" "}
              {t("Pinned only")}
            </label>
          )}
        </div>
      )}
      <dl className="detail-fields">
        {shown.map(([name, value]) => (
          <DetailField
            key={`${name}\n${value}`}
            name={name}
            value={value}
            actions={actions}
            links={linksOf(links, row, name)}
            column={columns.includes(name)}
            pinned={pins.includes(name)}
            asked={asked}
          />
        ))}
      </dl>
      {fitting.length === 0 && <p className="muted">{t("No field has “{search}”.", { search })}</p>}
      {shown.length < fitting.length && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          {t("Show all {length} fields", { length: fitting.length })}
        </button>
      )}
    </>
  );
}
