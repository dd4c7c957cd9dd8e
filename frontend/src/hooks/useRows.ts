import { useCallback, useEffect, useRef, useState } from "react";
import { isAbort } from "../api/http";
import { streamQuery, type Asked } from "../api/query";
import type { Row } from "../api/types";
import { newestFirst } from "../models/rowOrder";

export type RowsStatus = "running" | "done" | "cancelled" | "failed";

export interface Rows {
  rows: readonly Row[];
  status: RowsStatus;
  error?: unknown;
  /** Time from the question to the last row so far, milliseconds. */
  elapsedMs: number;
}

interface Answer extends Rows {
  asked: Asked | undefined;
  limit: number;
}

const NOTHING: Answer = { asked: undefined, limit: 0, rows: [], status: "running", elapsedMs: 0 };

/**
 * Streams a query's rows while mounted; they show as they arrive, at most once a frame. A new question aborts the old one,
 * whose rows stay until the first new ones come.
 */
export function useRows(asked: Asked, limit: number): Rows & { cancel: () => void } {
  const [answer, setAnswer] = useState<Answer>(NOTHING);
  const abort = useRef<AbortController>(undefined);

  useEffect(() => {
    const controller = new AbortController();
    abort.current = controller;
    const started = performance.now();
    let rows: Row[] = [];
    let frame = 0;
    const show = (status: RowsStatus, error?: unknown) => {
      cancelAnimationFrame(frame);
      frame = 0;
      if (abort.current !== controller) return;
      setAnswer({ asked, limit, rows, status, elapsedMs: performance.now() - started, ...(error !== undefined && { error }) });
    };
    const load = async () => {
      try {
        for await (const batch of streamQuery(asked, limit, controller.signal)) {
          rows = rows.concat(batch);
          frame ||= requestAnimationFrame(() => show("running"));
        }
        rows = newestFirst(rows, asked.query);
        show("done");
      } catch (error) {
        if (controller.signal.aborted || isAbort(error)) show("cancelled");
        else show("failed", error);
      }
    };
    void load();
    return () => {
      abort.current = undefined;
      controller.abort();
    };
  }, [asked, limit]);

  const cancel = useCallback(() => abort.current?.abort(), []);
  const current = answer.asked === asked && answer.limit === limit;
  return current ? { ...answer, cancel } : { rows: answer.rows, status: "running", elapsedMs: 0, cancel };
}
