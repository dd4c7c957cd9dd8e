import { instant, type Asked } from "./query";
import { getJson, sendJson } from "./http";
import type { Deletion, Scope, Snapshot, Token } from "./types";

/** Calls for the server's administration: deletions, snapshots, tokens. */

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
