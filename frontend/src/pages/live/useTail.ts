import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { apiUrl } from "../../api/http";
import { queryRows } from "../../api/query";
import { openEventStream, type StreamState } from "../../api/sse";
import type { Row } from "../../api/types";
import { TailBuffer } from "../../models/tailBuffer";
import { TailFeed, type LoadRows } from "../../models/tailFeed";

export interface Tail {
  buffer: TailBuffer;
  stream: StreamState;
}

/**
 * Follows the records that match a query, starting with the latest stored ones; another query starts over.
 *
 * @param taken whether records that are not stored are shown, by the name of the API
 * @param onRows sees the rows that the stream sends
 */
export function useTail(query: string, taken: string, onRows: (rows: readonly Row[]) => void): Tail {
  const [buffer] = useState(() => new TailBuffer());
  const [stream, setStream] = useState<StreamState>({ kind: "connecting" });
  const receiver = useRef(onRows);
  useEffect(() => {
    receiver.current = onRows;
  });
  useEffect(() => {
    let opened = false;
    const load: LoadRows = (range, limit, signal) => {
      if (taken !== "only") return queryRows({ query, ...range }, limit, signal);
      // Nothing of what was taken out can be fetched again: after a lost connection there is a gap.
      const first = !opened;
      opened = true;
      return first ? Promise.resolve([]) : Promise.reject(new Error("not stored"));
    };
    const feed = new TailFeed(buffer, load, Date.now, (rows) => receiver.current(rows));
    const events = openEventStream(apiUrl("tail", { query, taken: taken || undefined }), {
      onEvent: (event) => feed.receive(event),
      onState: (state) => {
        setStream(state);
        if (state.kind === "open") void feed.open();
        else if (state.kind === "lost") feed.lost();
      },
    });
    return () => {
      events.close();
      feed.close();
      buffer.clear();
    };
  }, [buffer, query, taken]);
  useSyncExternalStore(buffer.subscribe, buffer.version);
  return { buffer, stream };
}
