import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { isAbsent } from "../api/http";
import { queryRows } from "../api/query";
import { metricsStore } from "./metricsStore";

/** Inputs that the server feeds itself: host metrics and its own log. */
const OWN_INPUTS = new Set(["host", "self"]);

/** Selects stored records that came from elsewhere, also those from before the last start. */
export const OTHERS = '-app:="logcaster" -app:="host-metrics" -app:="logcaster-canary"';

const readNothingCame = () =>
  metricsStore.read().latest?.inputs.every(({ id, received }) => received === 0 || OWN_INPUTS.has(id));

/** Whether the server holds no record from elsewhere; `undefined` until it is known. */
export function useEmptiness(): boolean | undefined {
  const nothingCame = useSyncExternalStore(metricsStore.subscribe, readNothingCame);
  const stored = useQuery({
    queryKey: ["records of others"],
    queryFn: ({ signal }) => queryRows({ query: OTHERS }, 1, signal),
    enabled: nothingCame === true,
    staleTime: 60_000,
  });
  if (nothingCame !== true) return nothingCame;
  return stored.isPending ? undefined : stored.data?.length === 0 || isAbsent(stored.error);
}

/** True once it is known that the server holds no record from elsewhere. */
export function useIsEmpty(): boolean {
  return useEmptiness() === true;
}
