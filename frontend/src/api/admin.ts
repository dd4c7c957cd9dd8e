import { instant, type Asked } from "./query";
import { getJson, sendJson } from "./http";

/** Calls of those who look after the server: deletions, snapshots, tokens. */

/** A deletion by query and how far it is. */
export interface Deletion {
  id: string;
  query: string;
  start: string | null;
  end: string | null;
  state: "waiting" | "running" | "done" | "cancelled" | "failed";
  deleted: number;
  segmentsDone: number;
  segmentsTotal: number;
  created: string;
  finished: string | null;
  error: string | null;
}

/** A copy of the data directory; its bytes include files it shares with the store. */
export interface Snapshot {
  id: string;
  path: string;
  created: string;
  bytes: number;
}

export const SCOPES = ["ingest", "query", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

export interface Token {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: string;
  /** The secret; only in the answer that makes the token. */
  token?: string | null;
}

export const getDeletions = (signal?: AbortSignal) => getJson<Deletion[]>("delete", {}, signal);
export const addDeletion = ({ query, start, end }: Asked) =>
  sendJson<Deletion>("POST", "delete", { query, start: instant(start), end: instant(end) });
export const cancelDeletion = (id: string) => sendJson<Deletion>("DELETE", `delete/${encodeURIComponent(id)}`);

export const getSnapshots = (signal?: AbortSignal) => getJson<Snapshot[]>("snapshots", {}, signal);
export const createSnapshot = () => sendJson<Snapshot>("POST", "snapshots");
export const deleteSnapshot = (id: string) => sendJson("DELETE", `snapshots/${encodeURIComponent(id)}`);

export const getTokens = (signal?: AbortSignal) => getJson<Token[]>("tokens", {}, signal);
export const createToken = (token: { name: string; scopes: Scope[] }) => sendJson<Token>("POST", "tokens", token);
export const revokeToken = (id: string) => sendJson("DELETE", `tokens/${encodeURIComponent(id)}`);
