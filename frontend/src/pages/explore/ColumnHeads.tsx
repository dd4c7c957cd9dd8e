import { useState, type PointerEvent } from "react";
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

/**
 * The headings of the selected columns; dragging or the arrow keys move a column, the cross hides it. Each is one stop of
 * the Tab key, whose keys do all that its parts do for the pointer.
 */
export function ColumnHeads({ columns, widths, withDate, onChange, onWidth }: Props) {
  const [dragged, setDragged] = useState<string>();
  if (columns.length === 0) return null;
  const hide = (name: string) => onChange(columns.filter((one) => one !== name));
  return (
    <div className="column-heads record-line" role="group" aria-label={t("Columns")}>
      <span className="cell-time" style={{ minWidth: `${withDate ? 18 : 12}ch` }}>
        {t("time")}
      </span>
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
            title={t(
              "{name}: drag it, or press ← and →, to move it; Shift with ← and → for its width, Delete to hide it",
              {
                name,
              },
            )}
            aria-label={t(
              "Column {name}, {index} of {length}; arrow keys move it, with Shift they resize it, Delete hides it",
              {
                name,
                index: index + 1,
                length: columns.length,
              },
            )}
            onKeyDown={(event) => {
              if (event.key === "Delete" || event.key === "Backspace") {
                const { nextElementSibling: next, previousElementSibling: previous } =
                  event.currentTarget.parentElement ?? {};
                (next?.querySelector("button") ?? previous?.querySelector("button"))?.focus();
                hide(name);
              }
              const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
              if (step === 0) return;
              event.preventDefault();
              if (event.shiftKey) onWidth(name, fit((widths[name] ?? COLUMN_WIDTH) + 2 * step), true);
              else onChange(moved(columns, index, index + step));
            }}
          >
            {name}
          </button>
          <IconButton
            icon="close"
            label={t("Hide the column {name}", { name })}
            tabIndex={-1}
            onClick={() => hide(name)}
          />
          <Grip width={widths[name] ?? COLUMN_WIDTH} onWidth={(width, done) => onWidth(name, width, done)} />
        </span>
      ))}
      <span className="cell-message">{t("message")}</span>
    </div>
  );
}

const fit = (wanted: number) => Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, Math.round(wanted)));

interface GripProps {
  width: number;
  onWidth: (width: number, done: boolean) => void;
}

/** The edge of a column, which is dragged; a double click takes the change back. The heading's keys do the same. */
function Grip({ width, onWidth }: GripProps) {
  const [from, setFrom] = useState<{ x: number; width: number; character: number }>();
  const widthAt = (event: PointerEvent) =>
    fit((from?.width ?? 0) + (event.clientX - (from?.x ?? 0)) / (from?.character ?? 1));
  return (
    <span
      className="column-grip"
      aria-hidden="true"
      title={t("Drag to change the width; double-click to reset it")}
      draggable
      onDragStart={(event) => {
        // The column itself must not be dragged.
        event.preventDefault();
        event.stopPropagation();
      }}
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
