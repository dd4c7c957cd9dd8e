import { t } from "../../i18n";
interface Props {
  /** A filter of the query language; nothing is rendered without one. */
  filter: string | undefined;
  onFilter: (filter: string, exclude: boolean) => void;
}

/** Buttons that narrow the search to a filter's records, or to all others. */
export function FilterButtons({ filter, onFilter }: Props) {
  if (filter === undefined) return null;
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        title={t("Records with {filter}", { filter })}
        onClick={() => onFilter(filter, false)}
      >
        {t("Only")}
      </button>
      <button
        type="button"
        className="button button-quiet"
        title={t("Records without {filter}", { filter })}
        onClick={() => onFilter(filter, true)}
      >
        {t("Without")}
      </button>
    </>
  );
}
