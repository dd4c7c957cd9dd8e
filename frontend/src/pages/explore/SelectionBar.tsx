import type { Row } from "../../api/types";
import { CopyButton } from "../../components/CopyButton";
import { IconButton } from "../../components/IconButton";
import { toJson } from "../../models/record";
import { rowText, toMarkdown } from "../../models/rowText";

interface Props {
  rows: readonly Row[];
  columns: readonly string[];
  onCompare: () => void;
  onPin: () => void;
  onClear: () => void;
}

/** What can be done with the chosen rows. */
export function SelectionBar({ rows, columns, onCompare, onPin, onClear }: Props) {
  const joined = (text: (row: Row) => string, between: string) => rows.map(text).join(between);
  return (
    <div className="selection-bar" role="toolbar" aria-label="Chosen rows">
      <span role="status">
        {rows.length} {rows.length === 1 ? "row" : "rows"} chosen
      </span>
      <button type="button" className="button button-quiet" disabled={rows.length < 2} onClick={onCompare}>
        Compare
      </button>
      <button type="button" className="button button-quiet" onClick={onPin}>
        Pin
      </button>
      <CopyButton
        text={joined((row) => rowText(row, columns), "\n")}
        label="Copy the chosen rows as text"
        caption="Text"
      />
      <CopyButton text={joined(toJson, "\n")} label="Copy the chosen rows as JSON" caption="JSON" />
      <CopyButton text={joined(toMarkdown, "\n\n")} label="Copy the chosen rows as Markdown" caption="Markdown" />
      <IconButton icon="close" label="Choose no rows (Esc)" onClick={onClear} />
    </div>
  );
}
