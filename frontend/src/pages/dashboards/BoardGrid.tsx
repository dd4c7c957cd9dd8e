import { useEffect, useRef, useState, type PointerEvent } from "react";
import { t } from "../../i18n";
import type { Panel } from "../../models/dashboards";
import { COLUMNS, inOrder, nudge, place } from "../../models/grid";
import type { Span, TimeRange } from "../../models/timeRange";
import { withValues } from "../../models/variables";
import { BoardPanel } from "./BoardPanel";

interface Props {
  panels: readonly Panel[];
  /** The values of the variables. */
  values: Record<string, string[]>;
  range: TimeRange;
  span: Span;
  onZoom: (start: number, end: number) => void;
  /** Present while the dashboard is edited. */
  onChange?: ((panels: Panel[]) => void) | undefined;
  onEdit: (id: string) => void;
}

interface Grab {
  id: string;
  how: "move" | "resize";
  startX: number;
  startY: number;
  /** The panels before the drag; each step begins with them, so that a way back undoes it. */
  before: readonly Panel[];
}

/** The panels on their grid; while edited they are dragged and resized. */
export function BoardGrid({ panels, values, range, span, onZoom, onChange, onEdit }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const grab = useRef<Grab | undefined>(undefined);
  const [held, setHeld] = useState<string>();
  const [said, setSaid] = useState("");

  // Escape takes a drag back, as everywhere else.
  useEffect(() => {
    if (held === undefined) return undefined;
    function onKey(event: KeyboardEvent) {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      const { current } = grab;
      if (current) onChange?.([...current.before]);
      grab.current = undefined;
      setHeld(undefined);
    }
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [held, onChange]);

  function onGrab(event: PointerEvent<HTMLElement>, id: string, how: Grab["how"]) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.currentTarget instanceof HTMLButtonElement) event.currentTarget.focus();
    grid.current?.setPointerCapture(event.pointerId);
    grab.current = { id, how, startX: event.clientX, startY: event.clientY, before: panels };
    setHeld(id);
  }

  function onMove(event: PointerEvent<HTMLElement>) {
    const { current } = grab;
    const box = grid.current;
    const old = current?.before.find(({ id }) => id === current.id);
    if (!current || !box || !old) return;
    const style = getComputedStyle(box);
    const gap = Number.parseFloat(style.columnGap) || 0;
    const row = (Number.parseFloat(style.gridAutoRows) || 40) + gap;
    const column = (box.clientWidth + gap) / COLUMNS;
    const dx = Math.round((event.clientX - current.startX) / column);
    const dy = Math.round((event.clientY - current.startY) / row);
    const rect =
      current.how === "move"
        ? { x: old.x + dx, y: old.y + dy }
        : { width: Math.min(COLUMNS - old.x, old.width + dx), height: old.height + dy };
    onChange?.(place(current.before, current.id, rect));
  }

  function onNudge(panel: Panel, dx: number, dy: number, how: Grab["how"]) {
    const next =
      how === "move"
        ? nudge(panels, panel.id, dx, dy)
        : place(panels, panel.id, {
            width: Math.min(COLUMNS - panel.x, panel.width + dx),
            height: panel.height + dy,
          });
    onChange?.(next);
    const now = next.find(({ id }) => id === panel.id);
    if (now) {
      setSaid(
        t("Column {x}, row {y}, {width} columns wide, {height} rows high", {
          x: now.x + 1,
          y: now.y + 1,
          width: now.width,
          height: now.height,
        }),
      );
    }
  }

  return (
    <>
      <div
        ref={grid}
        className="board-grid"
        data-edit={onChange ? "" : undefined}
        onPointerMove={onMove}
        onPointerUp={() => {
          grab.current = undefined;
          setHeld(undefined);
        }}
        onPointerCancel={() => {
          const { current } = grab;
          if (current) onChange?.([...current.before]);
          grab.current = undefined;
          setHeld(undefined);
        }}
      >
        {(onChange ? inFixedOrder(panels) : inOrder(panels)).map((panel) => (
          <BoardPanel
            key={panel.id}
            panel={panel}
            query={withValues(panel.query ?? "", values)}
            range={range}
            span={span}
            onZoom={onZoom}
            edit={
              onChange && {
                onGrab: (event, how) => onGrab(event, panel.id, how),
                onNudge: (dx, dy, how) => onNudge(panel, dx, dy, how),
                onEdit: () => onEdit(panel.id),
                onRemove: () => onChange(panels.filter(({ id }) => id !== panel.id)),
                held: held === panel.id,
              }
            }
          />
        ))}
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </>
  );
}

/** An element that changes its place in the document loses the focus, and with it the arrow keys. */
function inFixedOrder(panels: readonly Panel[]): Panel[] {
  return [...panels].sort((a, b) => (a.id < b.id ? -1 : 1));
}
