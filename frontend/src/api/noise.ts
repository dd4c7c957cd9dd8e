import { getJson } from "./http";
import { instant } from "./query";

/** Calls for what messages cost on disk. */

/** Somebody or something that asks for a template's records. */
export interface NoiseReader {
  kind: string;
  /** Absent, like the query, for other people, where one does not administer the server. */
  name?: string;
  query?: string;
  times: number;
  last?: string;
}

export interface NoiseItem {
  template: string;
  example: string;
  records: number;
  bytes: number;
  /** The part of the bytes of the range, from 0 to 1. */
  share: number;
  readBy: NoiseReader[];
  /** Bytes on disk. */
  savings: { drop: number; sample: number; shorten: number };
}

export const getNoise = (start: number, end: number, limit: number, signal?: AbortSignal) =>
  getJson<NoiseItem[]>("noise", { start: instant(start), end: instant(end), limit }, signal);
