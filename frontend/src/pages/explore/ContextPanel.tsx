import { useLayoutEffect, useRef, useState } from "react";
import type { Row } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { RecordLine } from "../../components/record/RecordLine";
import { t, tr } from "../../i18n";
import { contextId, placeOf, scopeFilter, SCOPES, type Lines, type Scope, type Side } from "../../models/context";
import { shownLevel } from "../../models/levels";
import { useContextLines, type ContextLines } from "./useContextLines";

/** More lines are loaded when fewer pixels than this are left to scroll. */
const AHEAD = 400;

/** The lines around a record, in its stream or in others. Renders nothing for a record without a stream. */
export function ContextPanel({ row }: { row: Row }) {
  const [scope, setScope] = useState<Scope>("stream");
  if (contextId(row) === undefined) return null;
  const offered = SCOPES.filter((one) => scopeFilter(row, one.scope) !== undefined);
  const filter = scopeFilter(row, scope) ?? "*";
  return (
    <ContextBox
      key={filter}
      row={row}
      filter={filter}
      scopes={
        <select
          className="select"
          aria-label={t("Whose lines are shown")}
          value={scope}
          onChange={(event) => setScope(event.target.value as Scope)}
        >
          {offered.map((one) => (
            <option key={one.scope} value={one.scope}>
              {tr(one.label)}
            </option>
          ))}
        </select>
      }
    />
  );
}

function ContextBox({ row, filter, scopes }: { row: Row; filter: string; scopes: React.ReactNode }) {
  const context = useContextLines(row, filter);
  const { lines, error, restart } = context;
  const box = useRef<HTMLDivElement>(null);
  const back = () => {
    const list = box.current;
    if (list && !showCurrent(list)) restart();
  };
  return (
    <div className="context">
      <div className="context-bar">
        {scopes}
        <span className="spacer" />
        <button type="button" className="button button-quiet" disabled={!lines} onClick={back}>
          {t("Back to the record")}
        </button>
      </div>
      {error !== undefined && (
        <div className="context-bar">
          <ErrorText as="span" error={error} />
          <button type="button" className="button button-quiet" onClick={restart}>
            {t("Try again")}
          </button>
        </div>
      )}
      {lines ? (
        <>
          <Edge side="before" context={context} />
          <LineList row={row} lines={lines} load={context.load} box={box} />
          <Edge side="after" context={context} />
        </>
      ) : (
        error === undefined && <div className="context-bar panel-note">{t("Loading lines…")}</div>
      )}
    </div>
  );
}

/** What is beyond the lines on one side. */
function Edge({ side, context: { lines, busy } }: { side: Side; context: ContextLines }) {
  const text = busy[side]
    ? t("Loading lines…")
    : lines?.more[side]
      ? side === "before"
        ? t("Scroll up for earlier lines.")
        : t("Scroll down for later lines.")
      : side === "before"
        ? t("No earlier lines.")
        : t("No later lines.");
  return (
    <div className="context-bar panel-note" role="status">
      {text}
    </div>
  );
}

interface ListProps {
  row: Row;
  lines: Lines;
  load: (side: Side) => void;
  box: React.RefObject<HTMLDivElement | null>;
}

function LineList({ row, lines, load, box }: ListProps) {
  /** A visible line and where it was, which lines added or dropped above must not move. */
  const anchor = useRef<{ id: string; top: number }>(undefined);
  const current = placeOf(row, lines.rows);

  useLayoutEffect(() => {
    const list = box.current;
    if (!list) return;
    const kept = anchor.current;
    const line = kept && list.querySelector<HTMLElement>(`[data-id="${kept.id}"]`);
    if (line) list.scrollTop += line.offsetTop - list.scrollTop - kept.top;
    else showCurrent(list);
    remember(list);
    // A list that does not fill its box cannot be scrolled.
    if (list.scrollHeight <= list.clientHeight + AHEAD && list.clientHeight > 0) more(list);
    // Only other lines can move the visible ones.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [lines]);

  function remember(list: HTMLElement) {
    const top = list.scrollTop;
    for (const line of list.children)
      if (line instanceof HTMLElement && line.offsetTop + line.offsetHeight > top) {
        anchor.current = { id: line.dataset.id ?? "", top: line.offsetTop - top };
        return;
      }
  }

  function more(list: HTMLElement) {
    if (list.scrollTop < AHEAD) load("before");
    if (list.scrollHeight - list.clientHeight - list.scrollTop < AHEAD) load("after");
  }

  return (
    <div
      ref={box}
      className="context-lines"
      role="list"
      aria-label={t("Records around this one")}
      tabIndex={0}
      onScroll={({ currentTarget }) => {
        remember(currentTarget);
        more(currentTarget);
      }}
    >
      {lines.rows.map((one, index) => (
        <div
          key={lines.firstId + index}
          data-id={lines.firstId + index}
          role="listitem"
          className="record-line"
          data-level={shownLevel(one.level)}
          aria-current={index === current && one._time === row._time ? "true" : undefined}
          {...(index !== current && one._time === row._time && { "data-same": "", title: t("At the same time") })}
        >
          <RecordLine row={one} />
        </div>
      ))}
    </div>
  );
}

/** Scrolls the list, but not the page, so that the record is in its middle; false if it is no longer there. */
function showCurrent(list: HTMLElement): boolean {
  const line = list.querySelector<HTMLElement>("[aria-current]");
  if (line) list.scrollTop = line.offsetTop - (list.clientHeight - line.offsetHeight) / 2;
  return line !== null;
}
