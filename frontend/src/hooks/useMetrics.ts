import { useSyncExternalStore } from "react";
import { metricsStore, type MetricsSnapshot } from "./metricsStore";

/** The latest reading, the history of rates, and how the connection stands. Renders anew with every reading. */
export function useMetrics(): MetricsSnapshot {
  return useSyncExternalStore(metricsStore.subscribe, metricsStore.read);
}

const readStream = () => metricsStore.read().stream;

/** Only how the connection to the server stands; renders anew when that changes. */
export function useConnection(): MetricsSnapshot["stream"] {
  return useSyncExternalStore(metricsStore.subscribe, readStream);
}

const readFiring = () => metricsStore.read().latest?.alerts.firing ?? 0;

export function useFiringCount(): number {
  return useSyncExternalStore(metricsStore.subscribe, readFiring);
}
