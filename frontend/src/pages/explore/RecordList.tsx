import { useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import type { Asked } from "../../api/query";
import type { Row } from "../../api/types";
import { copyRows } from "../../components/record/copyRows";
import { HighlightContext } from "../../components/record/highlightContext";
import type { FieldActions } from "../../components/record/fieldActions";
import { RecordLine } from "../../components/record/RecordLine";
import { useNarrow } from "../../hooks/useNarrow";
import { pinRows } from "../../hooks/usePinnedRows";
import { useRowClick } from "../../hooks/useRowClick";
import { useRowWindow } from "../../hooks/useRowWindow";
import { useShortcuts } from "../../hooks/useShortcuts";
import { t } from "../../i18n";
import { COLUMN_WIDTH } from "../../models/exploreState";
import { highlightOf } from "../../models/highlight";
import { shownLevel } from "../../models/levels";
import { sameRow } from "../../models/record";
import type { RowSource } from "../../models/resultCells";
import { rowText } from "../../models/rowText";
import { ColumnHeads } from "./ColumnHeads";
import { CompareDrawer } from "./CompareDrawer";
import { FindBar } from "./FindBar";
import { PinnedRows } from "./PinnedRows";
import { RecordDrawer } from "./RecordDrawer";
import { ScrollReadout } from "./ScrollReadout";
import { SelectionBar } from "./SelectionBar";
import { nextFound, useFind } from "./useFind";

const ROW_HEIGHT = 22;
/** Rows fetched before they are in sight. */
const AHEAD = 200;

interface Props {
  source: RowSource;
  /** Called with the rows that are in sight or about to be. */
  onWant?: (first: number, last: number) => void;
  /** The query, whose words are marked in the messages. */
  asked: Asked;
  columns: readonly string[];
  widths?: Readonly<Record<string, number>> | undefined;
  wrap: boolean;
  withDate: boolean;
  actions: FieldActions;
  onColumns: (columns: string[]) => void;
  onWidths?: (widths: Record<string, number>) => void;
  /** Whether the rows are those of an earlier query. */
  stale?: boolean;
  /** Shown after the last row. */
  foot?: React.ReactNode;
}

/** The records, newest first; a click opens one beside them. Only visible rows are in the DOM. */
export function RecordList(props: Props) {
  const { source, onWant, asked, columns, wrap, withDate, actions, onColumns, onWidths, stale = false, foot } = props;
  const bar = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<{ index: number; row: Row }>();
  const [comparing, setComparing] = useState(false);
  const [chosen, setChosen] = useState<readonly Row[]>([]);
  const [active, setActive] = useState(-1);
  const [dragged, setDragged] = useState<Record<string, number>>();
  const widths = dragged ?? props.widths ?? {};
  const narrow = useNarrow();
  const measured = wrap || narrow;
  const rows = useRowWindow(source.count, ROW_HEIGHT, `${asked.query} ${wrap} ${narrow} ${columns.join()}`);
  const { list, items, first, last } = rows;
  useEffect(() => onWant?.(Math.max(0, first - AHEAD), last + AHEAD));

  const isOpen = (row: Row | undefined) => open !== undefined && row !== undefined && sameRow(open.row, row);
  const isChosen = (row: Row) => chosen.some((one) => sameRow(one, row));
  function show(index: number, row: Row) {
    setComparing(false);
    setOpen({ index, row });
  }
  const toggle = (index: number, row: Row) => (isOpen(row) ? setOpen(undefined) : show(index, row));
  const choose = (row: Row) => setChosen(isChosen(row) ? chosen.filter((one) => !sameRow(one, row)) : [...chosen, row]);

  /** Focuses a row, which may only be rendered after scrolling; where one is open, that one is instead. */
  function goTo(index: number) {
    const next = Math.min(source.count - 1, Math.max(0, index));
    setActive(next);
    rows.reveal(next);
    const row = source.at(next);
    if (open && row) setOpen({ index: next, row });
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-index="${next}"] > .record-line`)?.focus({ preventScroll: true }),
    );
  }

  const page = () => Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);

  function onRowKey(event: KeyboardEvent, index: number) {
    if (event.target !== event.currentTarget) return;
    const row = source.at(index);
    const actions: Record<string, () => void> = {
      ArrowDown: () => goTo(index + 1),
      ArrowUp: () => goTo(index - 1),
      PageDown: () => goTo(index + page()),
      PageUp: () => goTo(index - page()),
      Home: () => goTo(0),
      End: () => goTo(source.count - 1),
      Enter: () => row && toggle(index, row),
      " ": () => row && toggle(index, row),
      x: () => row && choose(row),
    };
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  const click = useRowClick((event) => {
    const index = Number(event.currentTarget.closest<HTMLElement>("[data-index]")?.dataset.index);
    const row = source.at(index);
    if (!row) return;
    if (event.ctrlKey || event.metaKey) choose(row);
    else toggle(index, row);
  });

  const find = useFind(source, columns);
  const [current, setCurrent] = useState(-1);
  const highlights = useMemo(() => ({ query: highlightOf(asked.query), find: find.pattern }), [asked, find.pattern]);
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
    rows.reveal(index, "middle");
  }
  function closeFind() {
    find.setText(undefined);
    setCurrent(-1);
    if (active >= 0) goTo(active);
  }
  /** Closes what was opened last. */
  function close() {
    if (find.text !== undefined) closeFind();
    else if (comparing) setComparing(false);
    else if (open) setOpen(undefined);
    else setChosen([]);
  }
  const openStep = (by: 1 | -1) => goTo((open?.index ?? active) + by);
  const atActive = () => {
    const row = source.at(active);
    if (row) choose(row);
  };

  useShortcuts({
    f: startFind,
    ...(find.text !== undefined && { n: () => step(1), N: () => step(-1) }),
    j: () => goTo(active + 1),
    k: () => goTo(active - 1),
    x: atActive,
    Escape: close,
  });

  function onWidth(name: string, width: number, done: boolean) {
    const next = { ...widths, [name]: width };
    if (width === COLUMN_WIDTH) delete next[name];
    setDragged(done ? undefined : next);
    if (done) onWidths?.(next);
  }
  const columnStyle = Object.fromEntries(
    columns.flatMap((name, index) => (widths[name] === undefined ? [] : [[`--column-${index}`, `${widths[name]}ch`]])),
  );
  const wide = columns.reduce((sum, name) => sum + (widths[name] ?? COLUMN_WIDTH) + 2, 0);

  // Tab reaches one row, the arrow keys the others, as nobody tabs through a thousand rows.
  const tabbable = items.some(({ index }) => index === active) ? active : first;
  return (
    <HighlightContext value={highlights}>
      <div className="records">
        <div className="records-main">
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
            style={{ "--columns-width": `${wide}ch`, ...columnStyle } as CSSProperties}
            onScroll={rows.onScroll}
            onCopy={(event) =>
              copyRows(event, (index) => {
                const row = source.at(index);
                return row && rowText(row, columns);
              })
            }
          >
            <div className="record-top">
              <ColumnHeads
                columns={columns}
                widths={widths}
                withDate={withDate}
                onChange={onColumns}
                onWidth={onWidth}
              />
              <PinnedRows columns={columns} onOpen={(row) => show(-1, row)} />
            </div>
            <div
              className="record-space"
              role="grid"
              aria-label={t("Records")}
              aria-multiselectable="true"
              aria-rowcount={source.count}
              style={{ height: rows.height }}
            >
              {items.map(({ index, top }) => {
                const row = source.at(index);
                return (
                  <div
                    key={index}
                    ref={measured ? rows.measure : null}
                    data-index={index}
                    role="rowgroup"
                    className="record"
                    style={{ transform: `translateY(${top}px)` }}
                  >
                    <div
                      role="row"
                      className="record-line"
                      data-level={row && shownLevel(row.level)}
                      data-found={find.found[current] === index ? "" : undefined}
                      data-wrap={wrap ? "" : undefined}
                      data-chosen={row && isChosen(row) ? "" : undefined}
                      aria-busy={row ? undefined : "true"}
                      aria-selected={isOpen(row) || (row !== undefined && isChosen(row))}
                      aria-rowindex={index + 1}
                      tabIndex={index === tabbable ? 0 : -1}
                      onKeyDown={(event) => onRowKey(event, index)}
                      onFocus={() => setActive(index)}
                      {...click}
                    >
                      {row ? (
                        <RecordLine row={row} withDate={withDate} columns={columns} wrap={wrap} role="gridcell" />
                      ) : (
                        <span role="gridcell">{t("Loading…")}</span>
                      )}
                    </div>
                  </div>
                );
              })}
            </div>
            {foot}
          </div>
          <ScrollReadout index={first} row={source.at(first)} count={source.count} />
          {chosen.length > 0 && (
            <SelectionBar
              rows={chosen}
              columns={columns}
              asked={asked}
              onCompare={() => setComparing(true)}
              onPin={() => {
                pinRows(chosen);
                setChosen([]);
              }}
              onClear={() => setChosen([])}
            />
          )}
        </div>
        {comparing && chosen.length > 1 ? (
          <CompareDrawer rows={chosen} onClose={() => setComparing(false)} />
        ) : (
          open && (
            <RecordDrawer
              row={open.row}
              asked={asked}
              columns={columns}
              actions={actions}
              onStep={openStep}
              onClose={() => setOpen(undefined)}
            />
          )
        )}
      </div>
    </HighlightContext>
  );
}
