import { useState } from "react";
import type { Row } from "../../api/types";
import { plural, t } from "../../i18n";
import { withoutAnsi } from "../../models/ansi";
import { clip } from "../../models/record";
import { diffParts, diffRows } from "../../models/rowDiff";
import { Drawer } from "./Drawer";

const VALUE_SHOWN = 4_000;

/** Records side by side: what differs is marked, what is the same is hidden until it is asked for. */
export function CompareDrawer({ rows, onClose }: { rows: readonly Row[]; onClose: () => void }) {
  const [equal, setEqual] = useState(false);
  const fields = diffRows(rows);
  const same = fields.filter((field) => field.same).length;
  const shown = fields.filter((field) => equal || !field.same);
  return (
    <Drawer
      name={t("Comparison")}
      title={<h2 className="drawer-title">{plural(rows.length, "{n} record", "{n} records")}</h2>}
      tools={
        <label className="check">
          <input type="checkbox" checked={equal} onChange={(event) => setEqual(event.target.checked)} />{" "}
          {plural(same, "Show {n} equal field", "Show {n} equal fields")}
        </label>
      }
      onClose={onClose}
    >
      {shown.length === 0 && <p className="empty-row">{t("These records are equal in every field.")}</p>}
      <dl className="row-diff">
        {shown.map(({ name, values, same: isSame }) => (
          <div key={name} data-same={isSame ? "" : undefined}>
            <dt>{name}</dt>
            {(isSame ? values.slice(0, 1) : values).map((value, index) => (
              <dd key={index} className="mono">
                {!isSame && <span className="row-diff-number">{index + 1}</span>}
                <Value value={value} other={isSame ? value : (values[index === 0 ? 1 : 0] ?? "")} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </Drawer>
  );
}

function Value({ value, other }: { value: string; other: string }) {
  if (value === "") return <span className="muted">{t("absent")}</span>;
  const text = (whole: string) => clip(withoutAnsi(whole), VALUE_SHOWN).text;
  return (
    <span>
      {diffParts(text(value), text(other)).map((part, index) =>
        index % 2 === 1 ? <mark key={index}>{part}</mark> : part,
      )}
    </span>
  );
}
