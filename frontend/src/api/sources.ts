import { getJson, sendJson } from "./http";
import type { components } from "./schema";

/** Calls for who sends: sources, numbered deliveries, and the canary. */

type Schemas = components["schemas"];

/** A host and app that sent records; its error share is between 0 and 1. */
export type Source = Required<Omit<Schemas["SourceView"], "records" | "usualSilenceSeconds">>;

/** A sender that numbers what it sends. */
export type Delivery = Required<Omit<Schemas["DeliveryView"], "first" | "last">>;

export interface Arrival {
  client: string;
  sequence: number;
  answer: "arrived" | "not_arrived" | "unknown";
  reason: string;
}

/** What became of the canary's records on one route. The API document has another schema under its name. */
export interface CanaryRoute {
  route: string;
  sent: number;
  found: number;
  lost: number;
  lostInARow: number;
  lastSeconds?: number | null;
  medianSeconds?: number | null;
  /** Why the last record was lost. */
  error?: string | null;
}
export type Canary = Omit<Schemas["Report"], "routes"> & { routes: CanaryRoute[] };

export const getSources = (signal?: AbortSignal) => getJson<Source[]>("sources", {}, signal);

/** Names of clients may contain slashes, which stay in the path. */
const clientPath = (client: string) => `deliveries/${client.split("/").map(encodeURIComponent).join("/")}`;

export const getDeliveries = (signal?: AbortSignal) => getJson<Delivery[]>("deliveries", {}, signal);
export const getArrival = (client: string, sequence: number) => getJson<Arrival>(clientPath(client), { sequence });
export const forgetDelivery = ({ client, protocol }: Pick<Delivery, "client" | "protocol">) =>
  sendJson("DELETE", `${clientPath(client)}?protocol=${encodeURIComponent(protocol)}`);

export const getCanary = (signal?: AbortSignal) => getJson<Canary>("canary", {}, signal);
export const runCanary = () => sendJson<Canary>("POST", "canary");
