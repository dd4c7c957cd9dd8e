import { useEffect, useRef } from "react";
import { metricsStore } from "./metricsStore";

/** Calls back each time the connection to the server is open again after it was lost. */
export function useReconnect(callback: () => void): void {
  const latest = useRef(callback);
  useEffect(() => {
    latest.current = callback;
  });
  useEffect(() => {
    let lost = false;
    return metricsStore.subscribe(() => {
      const { kind } = metricsStore.read().stream;
      if (kind === "lost") lost = true;
      if (kind !== "open" || !lost) return;
      lost = false;
      latest.current();
    });
  }, []);
}
