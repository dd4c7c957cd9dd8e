import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { getAlerts } from "../api/control";
import { apiUrl } from "../api/http";
import { withTrends, type WatchedAlert } from "../models/alertTrend";
import { openAlerts } from "../models/alerts";
import { useEventStream } from "./useEventStream";
import { useFiringCount } from "./useMetrics";

const KEY = ["alerts", "current"];

/** The default evaluation interval of rules. */
const POLL_MS = 5_000;

async function watch(client: QueryClient, signal: AbortSignal): Promise<WatchedAlert[]> {
  return withTrends(client.getQueryData<WatchedAlert[]>(KEY) ?? [], await getAlerts(signal));
}

/** How many alerts fire that nobody has taken on. Asks only while any fires at all. */
export function useOpenAlertCount(): number {
  const client = useQueryClient();
  const firing = useFiringCount();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => watch(client, signal),
    enabled: firing > 0,
    refetchInterval: POLL_MS,
  });
  return firing === 0 ? 0 : data ? openAlerts(data).length : firing;
}

/** Alerts that are pending or firing. Changes arrive as events; polling keeps the values up to date. */
export function useAlerts() {
  const client = useQueryClient();
  const onEvent = useCallback(() => {
    void client.invalidateQueries({ queryKey: ["alerts"] });
  }, [client]);
  useEventStream(apiUrl("alerts/stream"), onEvent);
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => watch(client, signal),
    refetchInterval: POLL_MS,
  });
}
