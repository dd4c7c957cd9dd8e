import { useSyncExternalStore } from "react";
import { onZone, zone, type Zone } from "../models/zone";

/** The time zone in force. */
export function useZone(): Zone {
  return useSyncExternalStore(onZone, zone);
}
