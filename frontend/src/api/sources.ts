import { getJson, sendJson } from "./http";
import type { components } from "./schema";

/** Calls for who sends: sources, numbered deliveries, and the canary. */

type Schemas = components["schemas"];

/** The name of the node that received it, where there are several. */
interface NodeName {
  node?: string;
}

/** A host and app that sent records; its error share is between 0 and 1. */
export type Source = Required<Omit<Schemas["SourceView"], "records" | "usualSilenceSeconds" | "node">> & NodeName;

/** A sender that numbers what it sends. */
export type Delivery = Required<Omit<Schemas["DeliveryView"], "first" | "last" | "node">> & NodeName;

export interface Arrival {
  client: string;
  sequence: number;
  answer: "arrived" | "not_arrived" | "unknown";
  reason: string;
}

export type Canary = Schemas["Report"];
export type CanaryRoute = Schemas["RouteView"];

export const getSources = (signal?: AbortSignal) => getJson<Source[]>("sources", { nodes: "all" }, signal);

/** Names of clients may contain slashes, which stay in the path. */
const clientPath = (client: string) => `deliveries/${client.split("/").map(encodeURIComponent).join("/")}`;

export const getDeliveries = (signal?: AbortSignal) => getJson<Delivery[]>("deliveries", { nodes: "all" }, signal);
export const getArrival = (client: string, sequence: number) => getJson<Arrival>(clientPath(client), { sequence });
export const forgetDelivery = ({ client, protocol }: Pick<Delivery, "client" | "protocol">) =>
  sendJson("DELETE", `${clientPath(client)}?protocol=${encodeURIComponent(protocol)}`);

export const getCanary = (signal?: AbortSignal) => getJson<Canary>("canary", {}, signal);
export const runCanary = () => sendJson<Canary>("POST", "canary");
