import type { Row } from "./types";
import { apiUrl, ensureOk } from "./http";

/** What to put into a capsule; see the API for what is left out. */
export interface CapsuleRequest {
  title: string;
  notes: string;
  query: string;
  start?: string;
  end?: string;
  redact: readonly string[];
  /** The chosen records; the newest of the query if there are none. */
  records?: readonly Row[];
  /** How many, if none are chosen. */
  limit?: number;
  /** The language of the file's own words. */
  language: string;
}

/** Makes a capsule: one HTML file. */
export async function makeCapsule(wanted: CapsuleRequest): Promise<Blob> {
  const response = await fetch(apiUrl("capsules"), {
    method: "POST",
    headers: { Accept: "text/html, application/problem+json", "Content-Type": "application/json" },
    body: JSON.stringify(wanted),
  });
  return (await ensureOk(response)).blob();
}
