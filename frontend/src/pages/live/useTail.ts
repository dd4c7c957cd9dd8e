import { useEffect, useState, useSyncExternalStore } from "react";
import { apiUrl } from "../../api/http";
import { queryRows } from "../../api/query";
import { openEventStream, type StreamState } from "../../api/sse";
import { TailBuffer } from "../../models/tailBuffer";
import { TailFeed } from "../../models/tailFeed";

export interface Tail {
  buffer: TailBuffer;
  stream: StreamState;
}

/** Follows the records that match a query, starting with the latest stored ones; another query starts over. */
export function useTail(query: string): Tail {
  const [buffer] = useState(() => new TailBuffer());
  const [stream, setStream] = useState<StreamState>({ kind: "connecting" });
  useEffect(() => {
    const feed = new TailFeed(buffer, (range, limit, signal) => queryRows({ query, ...range }, limit, signal));
    const events = openEventStream(apiUrl("tail", { query }), {
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
  }, [buffer, query]);
  useSyncExternalStore(buffer.subscribe, buffer.version);
  return { buffer, stream };
}
