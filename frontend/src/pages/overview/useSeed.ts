import { useQuery } from "@tanstack/react-query";
import { hits } from "../../api/query";
import { BUCKET_MS } from "../../models/liveSeries";
import { HISTORY_MS } from "../../models/metricsHistory";

/** What the store holds of the last quarter of an hour, by level: read once, as everything later comes with the live counters. */
export function useSeed() {
  return useQuery({
    queryKey: ["overview", "seed"],
    queryFn: ({ signal }) => {
      const end = Date.now();
      return hits({ query: "*", start: end - HISTORY_MS, end }, BUCKET_MS, "level", signal);
    },
    staleTime: HISTORY_MS,
  });
}
