import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState } from "react";
import type { Row } from "../../api/types";
import { RecordDetail, type FieldActions } from "../../components/record/RecordDetail";
import { RecordLine } from "../../components/record/RecordLine";
import { useShortcuts } from "../../hooks/useShortcuts";
import { shownLevel } from "../../models/levels";
import { ContextPanel } from "./ContextPanel";

const ROW_HEIGHT = 22;

interface Props {
  rows: readonly Row[];
  columns: readonly string[];
  wrap: boolean;
  withDate: boolean;
  actions: FieldActions;
  /** Shown after the last row. */
  foot?: React.ReactNode;
}

/** The records, newest first; a click opens one in place. Only the rows in sight exist in the page. */
export function RecordList({ rows, columns, wrap, withDate, actions, foot }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<Row>>(new Set());
  const [active, setActive] = useState(-1);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 16,
  });

  function toggle(row: Row) {
    const next = new Set(open);
    if (!next.delete(row)) next.add(row);
    setOpen(next);
  }

  function move(step: number) {
    const next = Math.min(rows.length - 1, Math.max(0, active + step));
    setActive(next);
    virtual.scrollToIndex(next);
    // The row may only come into being with the scroll.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-index="${next}"] > button`)?.focus());
  }

  useShortcuts({ j: () => move(1), k: () => move(-1), Escape: () => setOpen(new Set()) });

  return (
    <div ref={list} className="record-list">
      <div className="record-space" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index];
          if (!row) return null;
          const expanded = open.has(row);
          return (
            <div key={key} ref={virtual.measureElement} data-index={index} className="record" style={{ transform: `translateY(${start}px)` }}>
              <button
                type="button"
                className="record-line"
                data-level={shownLevel(row.level)}
                data-wrap={wrap ? "" : undefined}
                aria-expanded={expanded}
                onFocus={() => setActive(index)}
                onClick={() => toggle(row)}
              >
                <RecordLine row={row} withDate={withDate} columns={columns} wrap={wrap} />
              </button>
              {expanded && (
                <RecordDetail row={row} actions={actions} columns={columns}>
                  <ContextPanel row={row} />
                </RecordDetail>
              )}
            </div>
          );
        })}
      </div>
      {foot}
    </div>
  );
}
