import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import type { Row } from "../../api/types";
import { copyRows } from "../../components/record/copyRows";
import { RecordDetail, type FieldActions } from "../../components/record/RecordDetail";
import { RecordLine } from "../../components/record/RecordLine";
import { useRowClick } from "../../hooks/useRowClick";
import { useShortcuts } from "../../hooks/useShortcuts";
import { shownLevel } from "../../models/levels";
import { rowText } from "../../models/rowText";
import { ColumnHeads } from "./ColumnHeads";
import { ContextPanel } from "./ContextPanel";

const ROW_HEIGHT = 22;

interface Props {
  rows: readonly Row[];
  columns: readonly string[];
  wrap: boolean;
  withDate: boolean;
  actions: FieldActions;
  onColumns: (columns: string[]) => void;
  /** Whether the rows are those of an earlier query. */
  stale?: boolean;
  /** Shown after the last row. */
  foot?: React.ReactNode;
}

/** The records, newest first; a click opens one in place. Only visible rows are in the DOM. */
export function RecordList({ rows, columns, wrap, withDate, actions, onColumns, stale = false, foot }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<Row>>(new Set());
  const [active, setActive] = useState(-1);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 16,
    scrollPaddingStart: columns.length > 0 ? ROW_HEIGHT : 0,
  });

  function toggle(row: Row) {
    const next = new Set(open);
    if (!next.delete(row)) next.add(row);
    setOpen(next);
  }

  /** Focuses a row, which may only be rendered after scrolling. */
  function goTo(index: number) {
    const next = Math.min(rows.length - 1, Math.max(0, index));
    setActive(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-index="${next}"] > .record-line`)?.focus({ preventScroll: true }),
    );
  }

  const page = () => Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);

  function onRowKey(event: KeyboardEvent, index: number) {
    const places: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + page(),
      PageUp: index - page(),
      Home: 0,
      End: rows.length - 1,
    };
    const next = places[event.key];
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const row = rows[index];
      if (row) toggle(row);
      return;
    }
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    goTo(next);
  }

  const click = useRowClick(({ currentTarget }) => {
    const row = rows[Number(currentTarget.closest<HTMLElement>("[data-index]")?.dataset.index)];
    if (row) toggle(row);
  });

  useShortcuts({ j: () => goTo(active + 1), k: () => goTo(active - 1), Escape: () => setOpen(new Set()) });

  const items = virtual.getVirtualItems();
  // Tab reaches one row, the arrow keys the others, as nobody tabs through a thousand rows.
  const tabbable = items.some(({ index }) => index === active)
    ? active
    : items.find(({ start }) => start >= (virtual.scrollOffset ?? 0))?.index;
  return (
    <div
      ref={list}
      className="record-list"
      data-stale={stale ? "" : undefined}
      style={{ "--columns": columns.length } as CSSProperties}
      onCopy={(event) =>
        copyRows(event, (index) => {
          const row = rows[index];
          return row && rowText(row, columns);
        })
      }
    >
      <ColumnHeads columns={columns} withDate={withDate} onChange={onColumns} />
      <div
        className="record-space"
        role="treegrid"
        aria-label="Records"
        aria-rowcount={rows.length}
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map(({ index, start, key }) => {
          const row = rows[index];
          if (!row) return null;
          const expanded = open.has(row);
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              role="rowgroup"
              className="record"
              style={{ transform: `translateY(${start}px)` }}
            >
              <div
                role="row"
                className="record-line"
                data-level={shownLevel(row.level)}
                data-wrap={wrap ? "" : undefined}
                aria-expanded={expanded}
                aria-level={1}
                aria-rowindex={index + 1}
                tabIndex={index === tabbable ? 0 : -1}
                onKeyDown={(event) => onRowKey(event, index)}
                onFocus={() => setActive(index)}
                {...click}
              >
                <RecordLine row={row} withDate={withDate} columns={columns} wrap={wrap} role="gridcell" />
              </div>
              {expanded && (
                <div role="row" aria-level={2}>
                  <div role="gridcell">
                    <RecordDetail row={row} actions={actions} columns={columns}>
                      <ContextPanel row={row} />
                    </RecordDetail>
                  </div>
                </div>
              )}
            </div>
          );
        })}
      </div>
      {foot}
    </div>
  );
}
