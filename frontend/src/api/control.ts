import { getJson, sendJson } from "./http";
import type {
  Alert,
  AlertChange,
  Inputs,
  RecordFilter,
  Rule,
  RuleDraft,
  SavedSearch,
  Silence,
  SilenceDraft,
} from "./types";

/** Calls to the control plane: inputs, filter, alerts, saved searches. */

export const getInputs = (signal?: AbortSignal) => getJson<Inputs>("inputs", { nodes: "all" }, signal);

export const getFilter = (signal?: AbortSignal) => getJson<RecordFilter>("filter", {}, signal);
export const putFilter = (filter: RecordFilter) => sendJson<RecordFilter>("PUT", "filter", filter);

export const getAlerts = (signal?: AbortSignal) => getJson<Alert[]>("alerts", {}, signal);
export const getAlertHistory = (signal?: AbortSignal) => getJson<AlertChange[]>("alerts/history", {}, signal);
export const getRules = (signal?: AbortSignal) => getJson<Rule[]>("alerts/rules", {}, signal);
export const createRule = (rule: RuleDraft) => sendJson<Rule>("POST", "alerts/rules", rule);
export const updateRule = (rule: Rule) => sendJson<Rule>("PUT", `alerts/rules/${encodeURIComponent(rule.id)}`, rule);
export const deleteRule = (id: string) => sendJson("DELETE", `alerts/rules/${encodeURIComponent(id)}`);

export const getSilences = (signal?: AbortSignal) => getJson<Silence[]>("alerts/silences", {}, signal);
export const createSilence = (silence: SilenceDraft) => sendJson<Silence>("POST", "alerts/silences", silence);
export const updateSilence = (silence: SilenceDraft & Pick<Silence, "id">) =>
  sendJson<Silence>("PUT", `alerts/silences/${encodeURIComponent(silence.id)}`, silence);
export const deleteSilence = (id: string) => sendJson("DELETE", `alerts/silences/${encodeURIComponent(id)}`);

export const getSearches = (signal?: AbortSignal) => getJson<SavedSearch[]>("searches", {}, signal);
export const createSearch = (search: Omit<SavedSearch, "id">) => sendJson<SavedSearch>("POST", "searches", search);
export const updateSearch = ({ id, ...search }: SavedSearch) =>
  sendJson<SavedSearch>("PUT", `searches/${encodeURIComponent(id)}`, search);
export const deleteSearch = (id: string) => sendJson("DELETE", `searches/${encodeURIComponent(id)}`);
