import { getJson } from "./http";
import type { components } from "./schema";

/** Calls for the nodes of an installation. */

type Schemas = components["schemas"];

export type NodeStatus = Schemas["NodeStatus"];
/** A node; one that was never heard of has no status. */
export type FleetNode = Schemas["NodeView"];

export const getNodes = async (signal?: AbortSignal) =>
  (await getJson<{ nodes: FleetNode[] }>("nodes", {}, signal)).nodes;
