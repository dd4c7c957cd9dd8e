import "./chips.css";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";
import { rich, t } from "../i18n";
import { negateChip, shownChips, withoutChip, type FilterChip } from "../models/filters";
import { clip } from "../models/record";

/** Values listed on a chip; the tooltip has all. */
const VALUES_LISTED = 3;
const TEXT_SHOWN = 60;

interface Props {
  query: string;
  /** Whether the server's own records are left out. */
  othersOnly: boolean;
  onChange: (query: string) => void;
  /** Shows the server's own records as well. */
  onAll: () => void;
  onUndo?: (() => void) | undefined;
}

/** The filters of the query that ran: a click on one turns it around, its cross removes it. */
export function FilterChips({ query, othersOnly, onChange, onAll, onUndo }: Props) {
  const chips = shownChips(query);
  if (chips.length === 0 && !othersOnly && !onUndo) return null;
  return (
    <div className="chips" role="group" aria-label={t("Filters")}>
      {chips.map((chip) => (
        <span key={`${chip.from}:${chip.text}`} className="chip" data-negated={chip.negated ? "" : undefined}>
          <button
            type="button"
            title={
              chip.negated
                ? t("Leaves out {filter}. Click for the opposite", { filter: chip.text })
                : t("Asks for {filter}. Click for the opposite", { filter: chip.text })
            }
            aria-pressed={chip.negated}
            onClick={() => onChange(negateChip(query, chip))}
          >
            {chip.negated && <b>{t("not")} </b>}
            <ChipText chip={chip} />
          </button>
          <IconButton
            icon="close"
            label={t("Remove the filter {text}", { text: clip(chip.text, TEXT_SHOWN).text })}
            onClick={() => onChange(withoutChip(query, chip))}
          />
        </span>
      ))}
      {othersOnly && (
        <span className="chip" data-negated="">
          <span title={t("Its own log, the measurements of its host, and the canary")}>
            {rich("{not} LogCaster’s own records", { not: <b>{t("not")}</b> })}
          </span>
          <IconButton icon="close" label={t("Show LogCaster’s own records as well")} onClick={onAll} />
        </span>
      )}
      {onUndo && (
        <button
          type="button"
          className="button button-quiet chips-undo"
          title={t("Back to the query before (z)")}
          onClick={onUndo}
        >
          <Icon name="undo" size={14} /> {t("Undo")}
        </button>
      )}
    </div>
  );
}

function ChipText({ chip: { field, values, text } }: { chip: FilterChip }) {
  if (field === undefined || !values) return clip(text, TEXT_SHOWN).text;
  const shown = values.slice(0, VALUES_LISTED).map((value) => clip(value || t("(none)"), TEXT_SHOWN).text);
  return (
    <>
      <span className="muted">{field}</span> {shown.join(", ")}
      {values.length > shown.length && <span className="muted"> +{values.length - shown.length}</span>}
    </>
  );
}
