import { useState } from "react";
import { IconButton } from "../../components/IconButton";
import { moved } from "../../models/exploreState";

interface Props {
  columns: readonly string[];
  withDate: boolean;
  onChange: (columns: string[]) => void;
}

/** The headings of the selected columns; dragging or the arrow keys move a column, the cross hides it. */
export function ColumnHeads({ columns, withDate, onChange }: Props) {
  const [dragged, setDragged] = useState<string>();
  if (columns.length === 0) return null;
  return (
    <div className="column-heads record-line" role="group" aria-label="Columns">
      <span className="cell-time">{"time".padEnd(withDate ? 18 : 12)}</span>
      <span className="cell-level">level</span>
      <span className="cell-source">from</span>
      {columns.map((name, index) => (
        <span
          key={name}
          className="cell-column column-head"
          data-dragged={name === dragged ? "" : undefined}
          draggable
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = "move";
            event.dataTransfer.setData("text/plain", name);
            setDragged(name);
          }}
          onDragEnd={() => setDragged(undefined)}
          onDragOver={(event) => {
            if (dragged !== undefined) event.preventDefault();
          }}
          onDrop={(event) => {
            event.preventDefault();
            if (dragged !== undefined) onChange(moved(columns, columns.indexOf(dragged), index));
          }}
        >
          <button
            type="button"
            title={`${name}: drag, or press ← and →, to move it`}
            aria-label={`Column ${name}, ${index + 1} of ${columns.length}; arrow keys move it`}
            onKeyDown={(event) => {
              const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
              if (step === 0) return;
              event.preventDefault();
              onChange(moved(columns, index, index + step));
            }}
          >
            {name}
          </button>
          <IconButton
            icon="close"
            label={`Hide the column ${name}`}
            onClick={() => onChange(columns.filter((one) => one !== name))}
          />
        </span>
      ))}
      <span className="cell-message">message</span>
    </div>
  );
}
