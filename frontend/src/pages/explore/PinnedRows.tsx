import type { Row } from "../../api/types";
import { IconButton } from "../../components/IconButton";
import { RecordLine } from "../../components/record/RecordLine";
import { unpinRow, usePinnedRows } from "../../hooks/usePinnedRows";
import { t } from "../../i18n";
import { shownLevel } from "../../models/levels";

/** Rows that stay above the others, whatever is searched for. */
export function PinnedRows({ columns, onOpen }: { columns: readonly string[]; onOpen: (row: Row) => void }) {
  const rows = usePinnedRows();
  if (rows.length === 0) return null;
  return (
    <div className="pinned-rows" role="group" aria-label={t("Pinned rows")}>
      {rows.map((row, index) => (
        <div key={index} className="pinned-row record">
          <div
            className="record-line"
            data-level={shownLevel(row.level)}
            role="button"
            tabIndex={0}
            onClick={() => onOpen(row)}
            onKeyDown={(event) => {
              if (event.key === "Enter") onOpen(row);
            }}
          >
            <RecordLine row={row} withDate columns={columns} />
          </div>
          <IconButton icon="close" label={t("Unpin this row")} onClick={() => unpinRow(row)} />
        </div>
      ))}
    </div>
  );
}
