import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { getAlerts } from "../api/control";
import { apiUrl } from "../api/http";
import { useEventStream } from "./useEventStream";

/** Alerts that are pending or firing. A change announced by the server is shown at once; the slow poll only catches what was missed. */
export function useAlerts() {
  const client = useQueryClient();
  const onEvent = useCallback(() => {
    void client.invalidateQueries({ queryKey: ["alerts"] });
  }, [client]);
  useEventStream(apiUrl("alerts/stream"), onEvent);
  return useQuery({ queryKey: ["alerts", "current"], queryFn: ({ signal }) => getAlerts(signal), refetchInterval: 10_000 });
}
