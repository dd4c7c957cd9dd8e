import { apiUrl, ensureOk, getJson, sendJson } from "./http";
import type { components } from "./schema";

/** Calls for the steps that records pass on their way in. */

type Schemas = components["schemas"];

/** What an action needs; which of these it has depends on the action. */
export type TransformOptions = Schemas["TransformOptions"] & Record<string, unknown>;

/** A step; it is in use where `enabled` is absent. */
export type Transform = Omit<Schemas["Transform"], "options"> &
  Required<Pick<Schemas["Transform"], "name" | "action">> & { options?: TransformOptions };

export interface TransformList {
  /** Sent back with a change, so that nobody overwrites the change of somebody else. */
  version: number;
  transforms: Transform[];
}

/** A version of the list; 0 is the configured one. */
export type TransformVersion = Schemas["TransformVersion"];

/** Records of a transform since the server started. */
export type TransformCounts = Schemas["TransformCounts"];

/** What a transform did to the sample, and the records that left it. */
export type PreviewStage = Schemas["TransformPreviewStage"];

/** The sample before all transforms, and a stage for each enabled transform. */
export type Preview = Schemas["TransformPreviewAnswer"];

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
export const getPluginTransforms = (signal?: AbortSignal) =>
  getJson<Schemas["PluginTransformType"][]>("transforms/types", {}, signal);
export const previewTransforms = (
  body: { transforms: Transform[]; query?: string; limit?: number },
  signal?: AbortSignal,
) => sendJson<Preview>("POST", "transforms/preview", body, signal);
