import { useSyncExternalStore } from "react";
import { onZone, zone, type Zone } from "../models/zone";

/** The selected time zone. */
export function useZone(): Zone {
  return useSyncExternalStore(onZone, zone);
}
