import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { context } from "../../api/query";
import type { Context, Row } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { RecordLine } from "../../components/record/RecordLine";
import { t } from "../../i18n";
import { contextId, placeOf } from "../../models/context";
import { shownLevel } from "../../models/levels";

/** Lines loaded on either side at first, and with each further request. */
const FIRST_LINES = 10;
const MORE_LINES = 40;
/** The server reads all lines again for each request; for more than this, query the stream. */
const MOST_LINES = 1_000;

/** The lines around a record in its stream. Renders nothing for a record without a stream. */
export function ContextPanel({ row }: { row: Row }) {
  const [wanted, setWanted] = useState({ before: FIRST_LINES, after: FIRST_LINES });
  const id = contextId(row);
  const { data, error, isFetching } = useQuery({
    queryKey: ["context", id, wanted.before, wanted.after],
    queryFn: ({ signal }) => context(id ?? "", wanted.before, wanted.after, signal),
    enabled: id !== undefined,
    placeholderData: (old) => old,
    staleTime: 60_000,
  });
  if (id === undefined) return null;
  return (
    <>
      <ErrorText as="span" error={error} />
      {data && (
        <ContextLines
          row={row}
          data={data}
          busy={isFetching}
          moreBefore={data.before.length >= wanted.before && wanted.before < MOST_LINES}
          moreAfter={data.after.length >= wanted.after && wanted.after < MOST_LINES}
          onMore={(side) => setWanted({ ...wanted, [side]: Math.min(MOST_LINES, wanted[side] + MORE_LINES) })}
        />
      )}
    </>
  );
}

interface LinesProps {
  row: Row;
  data: Context;
  busy: boolean;
  moreBefore: boolean;
  moreAfter: boolean;
  onMore: (side: "before" | "after") => void;
}

function ContextLines({ row, data, busy, moreBefore, moreAfter, onMore }: LinesProps) {
  const box = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  const rows = [...data.before, ...data.records, ...data.after];
  const current = data.before.length + placeOf(row, data.records);

  // Lines added above must not move the visible ones; at first the record is centred.
  const first = data.before[0]?._time;
  useLayoutEffect(() => {
    const list = box.current;
    if (!list) return;
    if (height.current === 0) showCurrent(list);
    else list.scrollTop += list.scrollHeight - height.current;
  }, [first]);
  useLayoutEffect(() => {
    height.current = box.current?.scrollHeight ?? 0;
  });

  const more = (side: "before" | "after", text: string, offered: boolean) =>
    offered ? (
      <button type="button" className="button button-quiet" disabled={busy} onClick={() => onMore(side)}>
        {text}
      </button>
    ) : (
      <span className="panel-note">
        {side === "before" ? t("No earlier lines in this stream.") : t("No later lines in this stream.")}
      </span>
    );
  return (
    <div className="context">
      <div className="context-bar">
        {more("before", `${MORE_LINES} earlier lines`, moreBefore)}
        <span className="spacer" />
        <button type="button" className="button button-quiet" onClick={() => box.current && showCurrent(box.current)}>
          {t("Back to the record")}
        </button>
      </div>
      <div ref={box} className="context-lines" role="list" aria-label={t("Records around this one")} tabIndex={0}>
        {rows.map((one, index) => (
          <div
            key={index}
            role="listitem"
            className="record-line"
            data-level={shownLevel(one.level)}
            aria-current={index === current ? "true" : undefined}
            {...(index !== current && one._time === row._time && { "data-same": "", title: t("At the same time") })}
          >
            <RecordLine row={one} />
          </div>
        ))}
      </div>
      <div className="context-bar">{more("after", `${MORE_LINES} later lines`, moreAfter)}</div>
    </div>
  );
}

/** Scrolls the list, but not the page, so that the record is in its middle. */
function showCurrent(list: HTMLElement): void {
  const line = list.querySelector<HTMLElement>("[aria-current]");
  if (line) list.scrollTop = line.offsetTop - (list.clientHeight - line.offsetHeight) / 2;
}
