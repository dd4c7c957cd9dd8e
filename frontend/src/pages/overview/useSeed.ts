import { useQuery } from "@tanstack/react-query";
import { hits } from "../../api/query";
import { BUCKET_MS } from "../../models/liveSeries";
import { HISTORY_MS } from "../../models/metricsHistory";

/** Stored records of the last 15 minutes by level: queried once, as live counters cover everything later. */
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
