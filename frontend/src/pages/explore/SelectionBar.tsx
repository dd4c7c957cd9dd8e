import type { Asked } from "../../api/query";
import type { Row } from "../../api/types";
import { CopyButton } from "../../components/CopyButton";
import { IconButton } from "../../components/IconButton";
import { plural, t } from "../../i18n";
import { toJson } from "../../models/record";
import { rowText, toMarkdown } from "../../models/rowText";
import { CapsuleButton } from "./CapsuleButton";

interface Props {
  rows: readonly Row[];
  columns: readonly string[];
  asked: Asked;
  onCompare: () => void;
  onPin: () => void;
  onClear: () => void;
}

/** What can be done with the chosen rows. */
export function SelectionBar({ rows, columns, asked, onCompare, onPin, onClear }: Props) {
  const joined = (text: (row: Row) => string, between: string) => rows.map(text).join(between);
  return (
    <div className="selection-bar" role="toolbar" aria-label={t("Chosen rows")}>
      <span role="status">{plural(rows.length, "{n} row chosen", "{n} rows chosen")}</span>
      <button type="button" className="button button-quiet" disabled={rows.length < 2} onClick={onCompare}>
        {t("Compare")}
      </button>
      <button type="button" className="button button-quiet" onClick={onPin}>
        {t("Pin")}
      </button>
      <CapsuleButton asked={asked} rows={rows} className="button button-quiet" />
      <CopyButton
        text={joined((row) => rowText(row, columns), "\n")}
        label={t("Copy the chosen rows as text")}
        caption={t("Text")}
      />
      <CopyButton text={joined(toJson, "\n")} label={t("Copy the chosen rows as JSON")} caption={t("JSON")} />
      <CopyButton
        text={joined(toMarkdown, "\n\n")}
        label={t("Copy the chosen rows as Markdown")}
        caption={t("Markdown")}
      />
      <IconButton icon="close" label={t("Choose no rows (Esc)")} onClick={onClear} />
    </div>
  );
}
