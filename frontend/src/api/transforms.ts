import { apiUrl, ensureOk, getJson, sendJson } from "./http";
import type { Row } from "./types";

/** Calls for the steps that records pass on their way in. */

/** What an action needs; which of these it has depends on the action. */
export type TransformOptions = Record<string, unknown>;

export interface Transform {
  name: string;
  filter?: string;
  action: string;
  /** True where it is absent. */
  enabled?: boolean;
  options?: TransformOptions;
}

export interface TransformList {
  /** Sent back with a change, so that nobody overwrites the change of somebody else. */
  version: number;
  transforms: Transform[];
}

/** A version of the list; 0 is the configured one. */
export interface TransformVersion {
  version: number;
  time?: string | null;
  author: string;
  /** The version that this one rolled back to. */
  copyOf?: number | null;
  current: boolean;
}

/** Records of a transform since the server started. */
export interface TransformCounts {
  name: string;
  in: number;
  out: number;
  dropped: number;
  errors: number;
  redacted: Record<string, number>;
  seconds: number;
}

/** What a transform did to the sample, and the records that left it. */
export interface PreviewStage {
  name: string;
  in: number;
  selected: number;
  out: number;
  dropped: number;
  errors: number;
  redacted: Record<string, number>;
  millis: number;
  records: Row[];
}

export interface Preview {
  /** The sample before all transforms. */
  records: Row[];
  /** One for each enabled transform. */
  stages: PreviewStage[];
}

async function listOf(response: Response): Promise<TransformList> {
  const version = Number(/\d+/.exec(response.headers.get("etag") ?? "")?.[0] ?? 0);
  return { version, transforms: (await response.json()) as Transform[] };
}

const ACCEPT = { Accept: "application/json" };

export async function getTransforms(signal?: AbortSignal): Promise<TransformList> {
  return listOf(await ensureOk(await fetch(apiUrl("transforms"), { headers: ACCEPT, signal: signal ?? null })));
}

/** Replaces the list, unless it is no longer the version that was read. */
export async function putTransforms({ version, transforms }: TransformList): Promise<TransformList> {
  const headers = { ...ACCEPT, "Content-Type": "application/json", "If-Match": `"${version}"` };
  const body = JSON.stringify(transforms);
  return listOf(await ensureOk(await fetch(apiUrl("transforms"), { method: "PUT", headers, body })));
}

export const getTransformVersions = (signal?: AbortSignal) =>
  getJson<TransformVersion[]>("transforms/versions", {}, signal);
export const getTransformVersion = (version: number, signal?: AbortSignal) =>
  getJson<Transform[]>(`transforms/versions/${version}`, {}, signal);
export const rollBackTransforms = (version: number) => sendJson("POST", `transforms/rollback?version=${version}`);
export const getTransformCounts = (signal?: AbortSignal) => getJson<TransformCounts[]>("transforms/counts", {}, signal);
export const previewTransforms = (
  body: { transforms: Transform[]; query?: string; limit?: number },
  signal?: AbortSignal,
) => sendJson<Preview>("POST", "transforms/preview", body, signal);
