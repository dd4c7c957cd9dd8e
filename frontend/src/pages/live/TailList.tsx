import type { CSSProperties } from "react";
import { RecordLine } from "../../components/record/RecordLine";
import { formatInteger } from "../../models/format";
import { shownLevel } from "../../models/levels";
import type { TailBuffer, TailItem } from "../../models/tailBuffer";
import { useFixedWindow } from "./useFixedWindow";

/** Height of a row in the live list in pixels; `--row` in the styles. */
const ROW_HEIGHT = 22;

interface Props {
  buffer: TailBuffer;
  selected: number | undefined;
  /** The id of the selected row. */
  onSelect: (id: number) => void;
  onLeaveEnd: () => void;
  onReachEnd: () => void;
}

/** The live rows, newest at the bottom; only visible rows are in the DOM. */
export function TailList({ buffer, selected, onSelect, onLeaveEnd, onReachEnd }: Props) {
  const following = { follow: !buffer.paused, onLeaveEnd, onReachEnd };
  const { list, first, last, onScroll } = useFixedWindow(buffer.length, ROW_HEIGHT, following);
  const rows = [];
  for (let index = first; index < last; index++) {
    const item = buffer.at(index);
    if (!item) continue;
    const id = buffer.firstId + index;
    const place = { transform: `translateY(${index * ROW_HEIGHT}px)` };
    rows.push(<TailRow key={id} item={item} place={place} selected={id === selected} onSelect={() => onSelect(id)} />);
  }
  return (
    <div
      ref={list}
      className="tail-list"
      onScroll={onScroll}
      role="log"
      aria-label="Live records"
      aria-live="off"
      tabIndex={0}
    >
      <div style={{ height: buffer.length * ROW_HEIGHT }}>{rows}</div>
    </div>
  );
}

interface RowProps {
  item: TailItem;
  place: CSSProperties;
  selected: boolean;
  onSelect: () => void;
}

function TailRow({ item, place, selected, onSelect }: RowProps) {
  if (item.kind === "gap") {
    return (
      <div className="tail-gap" style={place}>
        {formatInteger(item.dropped)} {item.dropped === 1 ? "record" : "records"} {item.reason}
      </div>
    );
  }
  const { row } = item;
  return (
    <button
      type="button"
      className="record-line tail-row"
      style={place}
      data-level={shownLevel(row.level)}
      aria-pressed={selected}
      onClick={onSelect}
    >
      <RecordLine row={row} />
    </button>
  );
}
