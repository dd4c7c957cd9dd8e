import { useMemo, useState, type KeyboardEvent } from "react";
import { copyRows } from "../../components/record/copyRows";
import { HighlightContext } from "../../components/record/highlightContext";
import { RecordLine } from "../../components/record/RecordLine";
import { plural, t, tr } from "../../i18n";
import { highlightOf } from "../../models/highlight";
import { useRowClick } from "../../hooks/useRowClick";
import { rowText } from "../../models/rowText";
import { shownLevel } from "../../models/levels";
import { exploreHref } from "../../models/route";
import { encodeRange } from "../../models/timeRange";
import type { TailBuffer } from "../../models/tailBuffer";
import { takenOut } from "../../models/taken";
import type { RowMarker } from "../../models/rowMarks";
import { useFixedWindow } from "./useFixedWindow";

/** Height of a row in the live list in pixels; `--row` in the styles. */
const ROW_HEIGHT = 22;

interface Props {
  buffer: TailBuffer;
  /** The query that is followed. */
  query: string;
  marker: RowMarker;
  selected: number | undefined;
  /** The id of the selected row. */
  onSelect: (id: number) => void;
  /** Called when the list must stand still, because a row is read or its text selected. */
  onHold: () => void;
  onLeaveEnd: () => void;
  onReachEnd: () => void;
}

/** The live rows, newest at the bottom; only visible rows are in the DOM. */
export function TailList({ buffer, query, marker, selected, onSelect, onHold, onLeaveEnd, onReachEnd }: Props) {
  const following = { follow: !buffer.paused, onLeaveEnd, onReachEnd };
  const { list, first, last, onScroll, reveal } = useFixedWindow(buffer.length, ROW_HEIGHT, following);
  const [active, setActive] = useState<number>();
  // A list that moves takes the text away from under the pointer.
  const click = useRowClick(({ currentTarget }) => onSelect(idOf(currentTarget)), onHold);

  /** Focuses a row, which may only be rendered after scrolling. */
  function goTo(id: number) {
    const index = Math.min(buffer.length - 1, Math.max(0, id - buffer.firstId));
    const element = list.current;
    if (!element || index < 0) return;
    onHold();
    setActive(buffer.firstId + index);
    reveal(index);
    requestAnimationFrame(() =>
      element.querySelector<HTMLElement>(`[data-index="${buffer.firstId + index}"]`)?.focus({ preventScroll: true }),
    );
  }

  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const id = idOf(event.currentTarget);
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const places: Record<string, number> = {
      ArrowDown: id + 1,
      ArrowUp: id - 1,
      PageDown: id + page,
      PageUp: id - page,
      Home: buffer.firstId,
      End: buffer.firstId + buffer.length - 1,
    };
    const next = places[event.key];
    if (event.key === "Enter") onSelect(id);
    else if (next !== undefined) goTo(next);
    else return;
    event.preventDefault();
  }

  const rows = [];
  // Tab reaches one row, the arrow keys the others.
  const shown = (id: number | undefined) =>
    id !== undefined && id - buffer.firstId >= first && id - buffer.firstId < last;
  const tabbable = shown(active) ? active : buffer.firstId + last - 1;
  for (let index = first; index < last; index++) {
    const item = buffer.at(index);
    if (!item) continue;
    const id = buffer.firstId + index;
    const taken = item.kind === "row" ? takenOut(item.row) : undefined;
    const place = { transform: `translateY(${index * ROW_HEIGHT}px)` };
    rows.push(
      item.kind === "gap" ? (
        <div key={id} role="row" className="tail-gap" style={place}>
          <span role="gridcell">
            {item.dropped > 0 && `${plural(item.dropped, "{n} record", "{n} records")} `}
            {item.node !== undefined && `${item.node} `}
            {tr(item.reason)}
            {item.range && (
              <>
                {". "}
                <a href={exploreHref(query, encodeRange({ kind: "between", ...item.range }))}>
                  {t("Show them in Explore")}
                </a>
              </>
            )}
          </span>
        </div>
      ) : (
        <div
          key={id}
          role="row"
          data-index={id}
          className="record-line tail-row"
          style={place}
          data-level={shownLevel(item.row.level)}
          data-mark={marker.ruleOf(item.row)?.colour}
          data-taken={taken && ""}
          aria-selected={id === selected}
          tabIndex={id === tabbable ? 0 : -1}
          onFocus={() => setActive(id)}
          onKeyDown={onKey}
          {...click}
        >
          <RecordLine row={item.row} role="gridcell" />
          {taken && (
            <span className="tail-taken" role="gridcell">
              {t("not stored: {by} ({why})", { by: taken.by, why: taken.why })}
            </span>
          )}
        </div>
      ),
    );
  }
  const highlights = useMemo(() => ({ query: highlightOf(query) }), [query]);
  return (
    <HighlightContext value={highlights}>
      <div
        ref={list}
        className="tail-list"
        onScroll={onScroll}
        onCopy={(event) =>
          copyRows(event, (id) => {
            const item = buffer.at(id - buffer.firstId);
            return item?.kind === "row" ? rowText(item.row) : undefined;
          })
        }
        role="log"
        aria-label={t("Live records")}
        aria-live="off"
      >
        <div
          {...(buffer.length > 0 && { role: "grid", "aria-label": t("Live records") })}
          style={{ height: buffer.length * ROW_HEIGHT }}
        >
          {rows}
        </div>
      </div>
    </HighlightContext>
  );
}

function idOf(element: Element): number {
  return Number(element.closest<HTMLElement>("[data-index]")?.dataset.index);
}
