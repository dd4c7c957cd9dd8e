import { useSyncExternalStore } from "react";
import { metricsStore, type MetricsSnapshot } from "./metricsStore";

/** The latest reading, the history of rates and the connection state. Re-renders with every reading. */
export function useMetrics(): MetricsSnapshot {
  return useSyncExternalStore(metricsStore.subscribe, metricsStore.read);
}

const readStream = () => metricsStore.read().stream;

/** The connection state alone; re-renders only when it changes. */
export function useConnection(): MetricsSnapshot["stream"] {
  return useSyncExternalStore(metricsStore.subscribe, readStream);
}

const readFiring = () => metricsStore.read().latest?.alerts.firing ?? 0;

export function useFiringCount(): number {
  return useSyncExternalStore(metricsStore.subscribe, readFiring);
}
