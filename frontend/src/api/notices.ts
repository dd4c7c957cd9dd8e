import { getJson, sendJson } from "./http";
import type { components } from "./schema";
import type { Alert } from "./types";

/** Calls for what people are told: channels, routes, dead letters, maintenance, acknowledgements. */

export type OptionValue = string | number | boolean | string[] | Record<string, string>;

type Schemas = components["schemas"];

/** A place that notices are sent to. Secrets in its options are masked. The API documents no types of options. */
export type Channel = Omit<Schemas["ChannelView"], "options"> & { options: Record<string, OptionValue> };
export type ChannelDraft = Pick<Channel, "name" | "type" | "options" | "enabled" | "match">;

export type ChannelOption = Omit<Schemas["ChannelOption"], "fallback"> & { fallback?: OptionValue };
/** An option of a channel, a sink or a transform; the values are of these types or of others that are text. */
export type OptionSpec = Omit<ChannelOption, "type"> & { type: string; choices?: readonly string[] };
export type ChannelKind = { type: string; options: ChannelOption[] };

/** Hours of the week. */
export interface Hours {
  days?: string[];
  from: string;
  to: string;
  timeZone?: string;
}

/** Which alerts go to which channels, and when. */
export interface Route {
  name: string;
  match: string[];
  channels: string[];
  groupBy: string[];
  groupWait: string;
  groupInterval: string;
  repeatInterval: string;
  sendResolved: boolean;
  quietHours: Hours[];
  escalateAfter?: string;
  escalateTo?: string[];
  continue: boolean;
}

export interface Routes {
  routes: Route[];
  isDefault: boolean;
}

export type DeadLetter = Schemas["DeadLetter"];

/** A time in which nobody is told of some alerts. */
export interface Maintenance {
  id: string;
  name: string;
  match?: string[];
  start?: string;
  end?: string;
  hours?: Hours;
  active: boolean;
  until?: string;
  next?: string;
  hides: Schemas["HiddenAlerts"];
}

const path = (...parts: string[]) => parts.map(encodeURIComponent).join("/");

export const getChannels = (signal?: AbortSignal) => getJson<Channel[]>("channels", {}, signal);
export const getChannelKinds = (signal?: AbortSignal) => getJson<ChannelKind[]>("channels/kinds", {}, signal);
export const createChannel = (channel: ChannelDraft) => sendJson<Channel>("POST", "channels", channel);
export const updateChannel = ({ id, name, type, options, enabled, match }: ChannelDraft & { id: string }) =>
  sendJson<Channel>("PUT", path("channels", id), { name, type, options, enabled, match });
export const deleteChannel = (id: string) => sendJson("DELETE", path("channels", id));
export const testChannel = (id: string) => sendJson<{ delivered: boolean }>("POST", path("channels", id, "test"));

export const getRoutes = (signal?: AbortSignal) => getJson<Routes>("alerts/routes", {}, signal);
export const putRoutes = (routes: readonly Route[]) => sendJson<Routes>("PUT", "alerts/routes", { routes });

export const getDeadLetters = (signal?: AbortSignal) => getJson<DeadLetter[]>("channels/dead-letters", {}, signal);
export const sendDeadLetter = (id: number) => sendJson("POST", `channels/dead-letters/${id}/send`);
export const deleteDeadLetter = (id: number) => sendJson("DELETE", `channels/dead-letters/${id}`);

export const getMaintenance = (signal?: AbortSignal) => getJson<Maintenance[]>("alerts/maintenance", {}, signal);
export const createMaintenance = (window: Pick<Maintenance, "name" | "match" | "start" | "end" | "hours">) =>
  sendJson<Maintenance>("POST", "alerts/maintenance", window);
export const deleteMaintenance = (id: string) => sendJson("DELETE", path("alerts", "maintenance", id));

type Named = Pick<Alert, "rule" | "labels">;

export const acknowledge = ({ alert, comment }: { alert: Named; comment: string }) =>
  sendJson("POST", "alerts/ack", { rule: alert.rule, labels: alert.labels, comment });
export const withdrawAcknowledgement = (alert: Named) =>
  sendJson("POST", "alerts/unack", { rule: alert.rule, labels: alert.labels });
