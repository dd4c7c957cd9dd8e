import { useState, type KeyboardEvent, type PointerEvent } from "react";
import { IconButton } from "../../components/IconButton";
import { columnWidth } from "../../components/record/RecordLine";
import { t } from "../../i18n";
import { COLUMN_WIDTH, LEAST_WIDTH, MOST_WIDTH, moved } from "../../models/exploreState";

interface Props {
  columns: readonly string[];
  widths: Readonly<Record<string, number>>;
  withDate: boolean;
  onChange: (columns: string[]) => void;
  /** A column is as wide as so many characters; `done` once the pointer lets go of it. */
  onWidth: (name: string, width: number, done: boolean) => void;
}

/** The headings of the selected columns; dragging or the arrow keys move a column, the cross hides it. */
export function ColumnHeads({ columns, widths, withDate, onChange, onWidth }: Props) {
  const [dragged, setDragged] = useState<string>();
  if (columns.length === 0) return null;
  return (
    <div className="column-heads record-line" role="group" aria-label={t("Columns")}>
      <span className="cell-time">{"time".padEnd(withDate ? 18 : 12)}</span>
      <span className="cell-level">{t("level")}</span>
      <span className="cell-source">{t("from")}</span>
      {columns.map((name, index) => (
        <span
          key={name}
          className="cell-column column-head"
          style={{ width: columnWidth(index) }}
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
            title={t("{name}: drag, or press ← and →, to move it", { name })}
            aria-label={t("Column {name}, {index} of {length}; arrow keys move it", {
              name,
              index: index + 1,
              length: columns.length,
            })}
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
            label={t("Hide the column {name}", { name })}
            onClick={() => onChange(columns.filter((one) => one !== name))}
          />
          <Grip
            name={name}
            width={widths[name] ?? COLUMN_WIDTH}
            onWidth={(width, done) => onWidth(name, width, done)}
          />
        </span>
      ))}
      <span className="cell-message">{t("message")}</span>
    </div>
  );
}

interface GripProps {
  name: string;
  width: number;
  onWidth: (width: number, done: boolean) => void;
}

/** The edge of a column, which is dragged, or moved by the arrow keys; a double click takes the change back. */
function Grip({ name, width, onWidth }: GripProps) {
  const [from, setFrom] = useState<{ x: number; width: number; character: number }>();
  const fit = (wanted: number) => Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, Math.round(wanted)));
  const widthAt = (event: PointerEvent) =>
    fit((from?.width ?? 0) + (event.clientX - (from?.x ?? 0)) / (from?.character ?? 1));
  function onKey(event: KeyboardEvent) {
    const step = event.key === "ArrowLeft" ? -2 : event.key === "ArrowRight" ? 2 : 0;
    if (step === 0) return;
    event.preventDefault();
    onWidth(fit(width + step), true);
  }
  return (
    <span
      className="column-grip"
      role="slider"
      tabIndex={0}
      aria-label={t("Width of the column {name}", { name })}
      aria-valuenow={width}
      aria-valuemin={LEAST_WIDTH}
      aria-valuemax={MOST_WIDTH}
      title={t("Drag to change the width; double-click to reset it")}
      draggable
      onDragStart={(event) => {
        // The column itself must not be dragged.
        event.preventDefault();
        event.stopPropagation();
      }}
      onKeyDown={onKey}
      onDoubleClick={() => onWidth(COLUMN_WIDTH, true)}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        const column = event.currentTarget.parentElement?.getBoundingClientRect().width ?? width;
        setFrom({ x: event.clientX, width, character: column / width });
      }}
      onPointerMove={(event) => {
        if (from) onWidth(widthAt(event), false);
      }}
      onPointerUp={(event) => {
        if (from && event.clientX !== from.x) onWidth(widthAt(event), true);
        setFrom(undefined);
      }}
    />
  );
}
