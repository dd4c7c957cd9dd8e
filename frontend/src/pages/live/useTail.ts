import { useEffect, useState, useSyncExternalStore } from "react";
import { apiUrl } from "../../api/http";
import type { ServerEvent, StreamState } from "../../api/sse";
import type { Row } from "../../api/types";
import { useEventStream } from "../../hooks/useEventStream";
import { TailBuffer } from "../../models/tailBuffer";

export interface Tail {
  buffer: TailBuffer;
  stream: StreamState;
}

const SERVER_DROPPED = "were dropped by the server, as this console was too slow";

export function feedTail(buffer: TailBuffer, { event, data }: ServerEvent): void {
  if (event === "records") buffer.addRows(JSON.parse(data) as Row[]);
  else if (event === "gap") buffer.addGap((JSON.parse(data) as { dropped: number }).dropped, SERVER_DROPPED);
}

/** Follows the records that match a query, from now on; another query starts over. */
export function useTail(query: string): Tail {
  const [buffer] = useState(() => new TailBuffer());
  const stream = useEventStream(apiUrl("tail", { query }), (event) => feedTail(buffer, event));
  useEffect(() => () => buffer.clear(), [buffer, query]);
  useSyncExternalStore(buffer.subscribe, buffer.version);
  return { buffer, stream };
}
