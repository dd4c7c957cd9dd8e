import { getJson, sendJson } from "./http";
import type { components } from "./schema";

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

type Schemas = components["schemas"];

/** A sender that numbers what it sends. */
export type Delivery = Required<Omit<Schemas["DeliveryView"], "first" | "last">>;

export interface Arrival {
  client: string;
  sequence: number;
  answer: "arrived" | "not_arrived" | "unknown";
  reason: string;
}

export type CanaryRoute = Schemas["View"];
export type Canary = Schemas["Report"];

export const getSources = (signal?: AbortSignal) => getJson<Source[]>("sources", {}, signal);

/** Names of clients may contain slashes, which stay in the path. */
const clientPath = (client: string) => `deliveries/${client.split("/").map(encodeURIComponent).join("/")}`;

export const getDeliveries = (signal?: AbortSignal) => getJson<Delivery[]>("deliveries", {}, signal);
export const getArrival = (client: string, sequence: number) => getJson<Arrival>(clientPath(client), { sequence });
export const forgetDelivery = ({ client, protocol }: Pick<Delivery, "client" | "protocol">) =>
  sendJson("DELETE", `${clientPath(client)}?protocol=${encodeURIComponent(protocol)}`);

export const getCanary = (signal?: AbortSignal) => getJson<Canary>("canary", {}, signal);
export const runCanary = () => sendJson<Canary>("POST", "canary");
