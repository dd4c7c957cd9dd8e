import { useCallback, useEffect, useRef, useState } from "react";
import { isAbort, retryAfterMs } from "../api/http";
import { streamQuery, type Asked } from "../api/query";
import type { Row } from "../api/types";
import { timeOf } from "../models/format";
import { newestFirst } from "../models/rowOrder";
import { isSliceable, slicesOf } from "../models/slices";

export type RowsStatus = "idle" | "running" | "done" | "cancelled" | "failed";

export interface Rows {
  rows: readonly Row[];
  status: RowsStatus;
  error?: unknown;
  /** Time from the request to the latest row, in milliseconds. */
  elapsedMs: number;
  /** Whether the rows are those of an earlier query, because this one has none yet or failed. */
  stale?: boolean;
}

interface Answer extends Rows {
  asked: Asked | undefined;
  limit: number;
}

const NOTHING: Answer = { asked: undefined, limit: 0, rows: [], status: "idle", elapsedMs: 0 };

/** Attempts on a busy server before its error is shown. */
const MOST_ATTEMPTS = 4;

/**
 * Streams a query's rows while mounted and wanted, rendering at most once per frame. A new query aborts the old one,
 * whose rows stay until the first new ones arrive; a higher limit only requests the missing rows.
 */
export function useRows(asked: Asked, limit: number, wanted = true): Rows & { cancel: () => void } {
  const [answer, setAnswer] = useState<Answer>(NOTHING);
  const abort = useRef<AbortController>(undefined);
  const last = useRef<Answer>(NOTHING);

  useEffect(() => {
    const known = last.current.asked === asked && last.current.status === "done" ? last.current : undefined;
    if (!wanted || known?.limit === limit) return undefined;
    const controller = new AbortController();
    abort.current = controller;
    const started = performance.now();
    const rows = known && limit > known.limit && isSliceable(asked.query) ? [...settled(known.rows)] : [];
    let frame = 0;
    const show = (status: RowsStatus, error?: unknown) => {
      cancelAnimationFrame(frame);
      frame = 0;
      if (abort.current !== controller) return;
      const shown = status === "done" ? newestFirst(rows, asked.query) : rows;
      const stale = status !== "done" && rows.length === 0 && last.current.rows.length > 0;
      last.current = {
        asked,
        limit,
        rows: stale ? last.current.rows : [...shown],
        stale,
        status,
        elapsedMs: performance.now() - started,
        ...(error !== undefined && { error }),
      };
      setAnswer(last.current);
    };
    const take = (batch: readonly Row[]) => {
      for (const row of batch) rows.push(row);
      frame ||= requestAnimationFrame(() => show("running"));
    };
    const load = async () => {
      const older = rows[rows.length - 1];
      const rest = older ? { ...asked, end: timeOf(older._time) } : asked;
      for (const slice of slicesOf(rest, Date.now())) {
        if (rows.length < limit)
          await patiently(() => streamQuery(slice, limit - rows.length, controller.signal), take, controller.signal);
      }
    };
    load().then(
      () => show("done"),
      (error: unknown) => (controller.signal.aborted || isAbort(error) ? show("cancelled") : show("failed", error)),
    );
    return () => {
      abort.current = undefined;
      controller.abort();
    };
  }, [asked, limit, wanted]);

  const cancel = useCallback(() => abort.current?.abort(), []);
  if (answer.asked === asked && answer.limit === limit)
    return { ...answer, ...(!wanted && answer.status === "running" && { status: "idle" as const }), cancel };
  const stale = answer.asked !== asked && answer.rows.length > 0;
  return { rows: answer.rows, status: wanted ? "running" : "idle", elapsedMs: 0, stale, cancel };
}

/** All rows except those of the oldest millisecond, which may be incomplete because of the limit. */
function settled(rows: readonly Row[]): readonly Row[] {
  const oldest = timeOf(rows[rows.length - 1]?._time);
  if (Number.isNaN(oldest)) return [];
  return rows.slice(
    0,
    rows.findIndex((row) => timeOf(row._time) <= oldest),
  );
}

/** Reads a stream to its end; retries after the pause that a busy server asks for. */
async function patiently(
  stream: () => AsyncGenerator<Row[]>,
  take: (batch: Row[]) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      for await (const batch of stream()) take(batch);
      return;
    } catch (error) {
      const pause = retryAfterMs(error);
      if (pause === undefined || attempt === MOST_ATTEMPTS) throw error;
      await sleep(pause, signal);
    }
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("The wait was cancelled.", "AbortError"));
    });
  });
}
