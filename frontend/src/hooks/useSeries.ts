import { useQuery } from "@tanstack/react-query";
import { getSeries } from "../api/series";

const POLL_MS = 15_000;

/** The stats that are kept as time series. */
export function useSeries(enabled = true) {
  return useQuery({
    queryKey: ["series"],
    queryFn: ({ signal }) => getSeries(signal),
    refetchInterval: POLL_MS,
    enabled,
  });
}
