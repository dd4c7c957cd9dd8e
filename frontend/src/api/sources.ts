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

export type Canary = Schemas["Report"];
export type CanaryRoute = Schemas["RouteView"];

export const getSources = (signal?: AbortSignal) => getJson<Source[]>("sources", {}, signal);

/** Names of clients may contain slashes, which stay in the path. */
const clientPath = (client: string) => `deliveries/${client.split("/").map(encodeURIComponent).join("/")}`;

export const getDeliveries = (signal?: AbortSignal) => getJson<Delivery[]>("deliveries", {}, signal);
export const getArrival = (client: string, sequence: number) => getJson<Arrival>(clientPath(client), { sequence });
export const forgetDelivery = ({ client, protocol }: Pick<Delivery, "client" | "protocol">) =>
  sendJson("DELETE", `${clientPath(client)}?protocol=${encodeURIComponent(protocol)}`);

export const getCanary = (signal?: AbortSignal) => getJson<Canary>("canary", {}, signal);
export const runCanary = () => sendJson<Canary>("POST", "canary");
