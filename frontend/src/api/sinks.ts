import { getJson, sendJson } from "./http";
import type { OptionSpec, OptionValue } from "./notices";
import type { components } from "./schema";

/** Calls for sinks, which send records on. */

type Schemas = components["schemas"];

/** What happens when a queue is full. */
export const WHEN_FULL = ["block", "drop-oldest", "drop-newest"] as const;

export interface SinkQueue {
  maxBytes?: string;
  whenFull?: string;
}

export interface SinkDraft {
  name: string;
  type: string;
  enabled: boolean;
  filter: string;
  /** `now`, or a time from which on the store is sent; only for a new sink. */
  from: string;
  batchSize?: number | undefined;
  linger?: string | undefined;
  queue: SinkQueue;
  options: Record<string, OptionValue>;
}

export type SinkState = "running" | "paused" | "disabled" | "failing" | "blocked" | "replaying" | "broken";

/** A sink with its figures: records that wait, and counts since the server started. Secrets are masked. */
export type Sink = Omit<Schemas["SinkView"], "options" | "queue" | "state"> &
  Pick<SinkDraft, "options" | "queue"> & { state: SinkState };

export type SinkType = Omit<Schemas["SinkType"], "options"> & { options: OptionSpec[] };

/** A batch that could not be sent. */
export type SinkLetter = Schemas["SinkDeadLetter"];

const path = (id: string, action = "") => `sinks/${encodeURIComponent(id)}${action && `/${action}`}`;

export const getSinks = (signal?: AbortSignal) => getJson<Sink[]>("sinks", {}, signal);
export const getSinkTypes = (signal?: AbortSignal) => getJson<SinkType[]>("sinks/types", {}, signal);
export const createSink = (draft: SinkDraft) => sendJson<Sink>("POST", "sinks", draft);
export const updateSink = ({ id, ...draft }: SinkDraft & Pick<Sink, "id">) => sendJson<Sink>("PUT", path(id), draft);
export const deleteSink = (id: string) => sendJson("DELETE", path(id));

export const SINK_ACTIONS = ["flush", "pause", "resume", "test"] as const;
export type SinkAction = (typeof SINK_ACTIONS)[number];
export const actOnSink = ({ id, action }: { id: string; action: SinkAction }) => sendJson("POST", path(id, action));
/** Sends stored records again, from a time or from so long ago. */
export const replaySink = ({ id, ...range }: { id: string; from: string; to?: string }) =>
  sendJson("POST", path(id, "replay"), range);

export const getSinkLetters = (id: string, signal?: AbortSignal) =>
  getJson<SinkLetter[]>(path(id, "dead-letters"), {}, signal);
export const resendSinkLetter = ({ sink, letter }: { sink: string; letter: number }) =>
  sendJson("POST", path(sink, `dead-letters/${letter}/resend`));
export const deleteSinkLetter = ({ sink, letter }: { sink: string; letter: number }) =>
  sendJson("DELETE", path(sink, `dead-letters/${letter}`));
