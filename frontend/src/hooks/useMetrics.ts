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

const readNodes = () => metricsStore.read().latest?.nodes?.length ?? 1;

/** How many nodes the figures are of. */
export function useNodeCount(): number {
  return useSyncExternalStore(metricsStore.subscribe, readNodes);
}

const readOwnNode = () => metricsStore.read().latest?.nodes?.[0]?.node;

/** The name of the node that serves this console; `undefined` where it is alone. */
export function useOwnNode(): string | undefined {
  return useSyncExternalStore(metricsStore.subscribe, readOwnNode);
}

const readFiring = () => metricsStore.read().latest?.alerts.firing ?? 0;

export function useFiringCount(): number {
  return useSyncExternalStore(metricsStore.subscribe, readFiring);
}
