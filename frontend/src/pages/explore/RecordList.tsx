import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import type { Row } from "../../api/types";
import { copyRows } from "../../components/record/copyRows";
import { HighlightContext } from "../../components/record/highlightContext";
import { RecordDetail, type FieldActions } from "../../components/record/RecordDetail";
import { RecordLine } from "../../components/record/RecordLine";
import { useRowClick } from "../../hooks/useRowClick";
import { useShortcuts } from "../../hooks/useShortcuts";
import { highlightOf } from "../../models/highlight";
import { shownLevel } from "../../models/levels";
import { rowText } from "../../models/rowText";
import { ColumnHeads } from "./ColumnHeads";
import { ContextPanel } from "./ContextPanel";
import { FindBar } from "./FindBar";
import { nextFound, useFind } from "./useFind";

const ROW_HEIGHT = 22;

interface Props {
  rows: readonly Row[];
  /** The query, whose words are marked in the messages. */
  query?: string;
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
export function RecordList({
  rows,
  query = "",
  columns,
  wrap,
  withDate,
  actions,
  onColumns,
  stale = false,
  foot,
}: Props) {
  const list = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
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

  const find = useFind(rows, columns);
  const [current, setCurrent] = useState(-1);
  const highlights = useMemo(() => ({ query: highlightOf(query), find: find.pattern }), [query, find.pattern]);
  const startFind = () => {
    find.setText(find.text ?? "");
    bar.current?.querySelector("input")?.focus();
  };
  /** Scrolls to a found row without taking the focus from the field. */
  function step(by: 1 | -1) {
    const found = find.search();
    const at = nextFound(found, active, by);
    setCurrent(at);
    const index = found[at];
    if (index === undefined) return;
    setActive(index);
    virtual.scrollToIndex(index, { align: "center" });
  }
  function closeFind() {
    find.setText(undefined);
    setCurrent(-1);
    if (active >= 0) goTo(active);
  }

  useShortcuts({
    f: startFind,
    ...(find.text !== undefined && { n: () => step(1), N: () => step(-1) }),
    j: () => goTo(active + 1),
    k: () => goTo(active - 1),
    Escape: () => (find.text === undefined ? setOpen(new Set()) : closeFind()),
  });

  const items = virtual.getVirtualItems();
  // Tab reaches one row, the arrow keys the others, as nobody tabs through a thousand rows.
  const tabbable = items.some(({ index }) => index === active)
    ? active
    : items.find(({ start }) => start >= (virtual.scrollOffset ?? 0))?.index;
  return (
    <HighlightContext value={highlights}>
      {find.text !== undefined && (
        <div ref={bar}>
          <FindBar
            text={find.text}
            onText={(text) => {
              find.setText(text);
              setCurrent(-1);
            }}
            found={find.found.length}
            current={current}
            onStep={step}
            onClose={closeFind}
          />
        </div>
      )}
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
                  data-found={find.found[current] === index ? "" : undefined}
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
    </HighlightContext>
  );
}
