import type { components } from "./schema";

/** Names for the shapes of the server's API; `schema.ts` is generated from the document that the server serves. */

type Schemas = components["schemas"];

/** The API uses one schema for requests, which may omit properties, and responses, which always contain these. */
type Complete<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };

/** A record in results and in the live tail: every field is text; `_time` is RFC 3339 with up to nine decimals. */
export type Row = Record<string, string>;

export type Counters = Schemas["Counts"];
export type InputCounters = Schemas["InputCounts"];
export type Metrics = Schemas["MetricsSnapshot"];

export type InputInfo = Schemas["InputItem"];
export type ConnectionInfo = Schemas["ConnectionItem"];
export type Inputs = Schemas["Inputs"];
export type RecordFilter = Schemas["FilterSettings"];

export type Alert = Schemas["AlertBody"];
export type AlertStateName = Alert["state"];
/** A change of an alert's state, from the stream and from the history. */
export type AlertChange = Schemas["AlertChange"];

/** Suppresses notices of the alerts that meet all of its conditions; `rule` stands for the rule's id. */
export type Silence = Schemas["SilenceView"];
export type SilenceDraft = Pick<Silence, "matchers" | "note" | "until"> & Partial<Pick<Silence, "match" | "author">>;

export const RULE_KINDS = ["threshold", "absence", "change", "new-template", "ratio"] as const;
export type RuleKind = (typeof RULE_KINDS)[number];
export const BASELINES = ["previous", "yesterday", "last-week", "median-mad"] as const;
export interface Baseline {
  method: (typeof BASELINES)[number];
  factor?: number | undefined;
  windows?: number;
}

/** A rule without what the server adds. Which of the optional properties it has depends on its kind. */
export interface RuleDraft {
  name: string;
  /** `threshold` where it is absent. */
  kind?: RuleKind;
  query: string;
  window: string;
  interval: string;
  for: string;
  keepFiring?: string | undefined;
  severity: string;
  enabled: boolean;
  comparison?: string | undefined;
  threshold?: number | undefined;
  warnThreshold?: number | undefined;
  recoverThreshold?: number | undefined;
  minRecords?: number | undefined;
  expected?: Record<string, string>[];
  forgetAfter?: string;
  baseline?: Baseline;
  totalQuery?: string;
  level?: string;
  sinceMark?: string;
}
export interface Rule extends RuleDraft {
  id: string;
  lastError?: string;
}

export type ValueHits = Schemas["ValueHits"];
export type Facet = Schemas["Facet"];
export type HitsSeries = Schemas["HitsSeries"];
export type Pattern = Schemas["Pattern"];
export type Context = Schemas["Context"];
export type Explanation = Schemas["Explanation"];
export type LanguageEntry = Schemas["LanguageEntry"];
export type LanguageReference = Schemas["LanguageReference"];
export type SavedSearch = Complete<Schemas["SavedSearch"], "id" | "name" | "query">;

/** A deletion by query and its progress. The API documents its states as plain text. */
export type Deletion = Omit<Schemas["Deletion"], "state"> & {
  state: "waiting" | "running" | "done" | "cancelled" | "failed";
};
/** A copy of the data directory; its bytes include files it shares with the store. */
export type Snapshot = Schemas["Snapshot"];

export const SCOPES = ["ingest", "query", "node", "admin"] as const;
export type Scope = (typeof SCOPES)[number];
/** `token` is the secret, which only the answer to its creation contains. The API documents scopes as plain text. */
export type Token = Complete<Omit<Schemas["Token"], "scopes">, "id" | "name" | "createdAt"> & { scopes: Scope[] };
