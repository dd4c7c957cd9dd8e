import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { getAlerts } from "../api/control";
import { apiUrl } from "../api/http";
import { withTrends, type WatchedAlert } from "../models/alertTrend";
import { useEventStream } from "./useEventStream";

const KEY = ["alerts", "current"];

/** The default evaluation interval of rules. */
const POLL_MS = 5_000;

/** Alerts that are pending or firing. Changes arrive as events; polling keeps the values up to date. */
export function useAlerts() {
  const client = useQueryClient();
  const onEvent = useCallback(() => {
    void client.invalidateQueries({ queryKey: ["alerts"] });
  }, [client]);
  useEventStream(apiUrl("alerts/stream"), onEvent);
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => withTrends(client.getQueryData<WatchedAlert[]>(KEY) ?? [], await getAlerts(signal)),
    refetchInterval: POLL_MS,
  });
}
