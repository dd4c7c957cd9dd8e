import { useCallback, useEffect, useRef, useState } from "react";
import { queryRows } from "../../api/query";
import type { Row } from "../../api/types";
import { edge, grown, MOST_EQUAL, PAGE, pageQuery, type Lines, type Side } from "../../models/context";

export interface ContextLines {
  lines: Lines | undefined;
  error: unknown;
  /** The sides that are being loaded. */
  busy: Readonly<Record<Side, boolean>>;
  load: (side: Side) => void;
  /** Reads the lines next to the record again. */
  restart: () => void;
}

const IDLE = { before: false, after: false };

/** The lines around a row, more of which are loaded on demand; another filter needs another component. */
export function useContextLines(row: Row, filter: string): ContextLines {
  const [lines, setLines] = useState<Lines>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState<Readonly<Record<Side, boolean>>>(IDLE);
  const [round, setRound] = useState(0);
  const abort = useRef(new AbortController());
  const time = row._time ?? "";

  useEffect(() => {
    const controller = (abort.current = new AbortController());
    const { signal } = controller;
    const ask = (side: Side) => queryRows({ query: pageQuery(filter, side, time, PAGE) }, PAGE, signal);
    Promise.all([ask("before"), ask("after")]).then(
      ([before, after]) => {
        if (signal.aborted) return;
        const start: Lines = {
          rows: before.reverse(),
          firstId: 0,
          more: { before: before.length >= PAGE, after: true },
        };
        setLines(start.rows.length === 0 ? { ...start, rows: after } : grown(start, "after", after, PAGE));
        setBusy(IDLE);
      },
      (reason: unknown) => {
        if (!signal.aborted) setError(reason);
      },
    );
    return () => controller.abort();
  }, [filter, time, round]);

  const load = useCallback(
    (side: Side) => {
      if (!lines?.more[side] || busy[side] || lines.rows.length === 0) return;
      const { signal } = abort.current;
      setError(undefined);
      setBusy((now) => ({ ...now, [side]: true }));
      const from = edge(lines, side);
      void (async () => {
        try {
          // Where more lines have the edge's time than a page has, the page grows.
          let limit = PAGE + from.count;
          let page = await queryRows({ query: pageQuery(filter, side, from.time, limit) }, limit, signal);
          while (page.length >= limit && page.at(-1)?._time === from.time && limit < MOST_EQUAL) {
            limit *= 4;
            page = await queryRows({ query: pageQuery(filter, side, from.time, limit) }, limit, signal);
          }
          if (!signal.aborted) setLines((now) => now && grown(now, side, page, limit));
        } catch (reason) {
          if (!signal.aborted) setError(reason);
        }
        if (!signal.aborted) setBusy((now) => ({ ...now, [side]: false }));
      })();
    },
    [lines, busy, filter],
  );

  return {
    lines,
    error,
    busy,
    load,
    restart: () => {
      setError(undefined);
      setLines(undefined);
      setRound(round + 1);
    },
  };
}
