import { getJson, sendJson } from "./http";

/** Calls for who sends: sources, numbered deliveries, and the canary. */

/** A host and app that sent records. */
export interface Source {
  host: string;
  app: string;
  firstSeen: string;
  lastSeen: string;
  /** Records per second. */
  rate: number;
  /** Between 0 and 1. */
  errorShare: number;
  quiet: boolean;
}

export interface DeliveryGap {
  from: number;
  to: number;
  count: number;
  /** When the numbers around the gap arrived. */
  between: string[];
  text: string;
}

/** A sender that numbers what it sends. */
export interface Delivery {
  client: string;
  protocol: string;
  unit: string;
  received: number;
  records: number;
  repeated: number;
  first?: number;
  last?: number;
  firstSeen: string;
  lastSeen: string;
  restarts: number;
  missing: number;
  gaps: DeliveryGap[];
}

export interface Arrival {
  client: string;
  sequence: number;
  answer: "arrived" | "not_arrived" | "unknown";
  reason: string;
}

export interface CanaryRoute {
  route: string;
  sent: number;
  found: number;
  lost: number;
  lostInARow: number;
  lastSeconds?: number | null;
  medianSeconds?: number | null;
  maxSeconds?: number | null;
  lastFound?: string | null;
  /** Why the last record was lost. */
  error?: string | null;
}

export interface Canary {
  enabled: boolean;
  intervalSeconds: number;
  timeoutSeconds: number;
  routes: CanaryRoute[];
  /** Inputs that the canary cannot use, with the reason. */
  closed: Record<string, string>;
}

export const getSources = (signal?: AbortSignal) => getJson<Source[]>("sources", {}, signal);

/** Names of clients may contain slashes, which stay in the path. */
const clientPath = (client: string) => `deliveries/${client.split("/").map(encodeURIComponent).join("/")}`;

export const getDeliveries = (signal?: AbortSignal) => getJson<Delivery[]>("deliveries", {}, signal);
export const getArrival = (client: string, sequence: number) => getJson<Arrival>(clientPath(client), { sequence });
export const forgetDelivery = ({ client, protocol }: Pick<Delivery, "client" | "protocol">) =>
  sendJson("DELETE", `${clientPath(client)}?protocol=${encodeURIComponent(protocol)}`);

export const getCanary = (signal?: AbortSignal) => getJson<Canary>("canary", {}, signal);
export const runCanary = () => sendJson<Canary>("POST", "canary");
