import { useEffect, useRef, useState } from "react";
import { openEventStream, type ServerEvent, type StreamState } from "../api/sse";

/** Follows an event stream while mounted; a new address replaces the stream, no address means no stream. */
export function useEventStream(url: string | undefined, onEvent: (event: ServerEvent) => void): StreamState {
  const [state, setState] = useState<StreamState>({ kind: "connecting" });
  const handler = useRef(onEvent);
  useEffect(() => {
    handler.current = onEvent;
  });
  useEffect(() => {
    if (url === undefined) return undefined;
    const stream = openEventStream(url, { onEvent: (event) => handler.current(event), onState: setState });
    return () => stream.close();
  }, [url]);
  return state;
}
