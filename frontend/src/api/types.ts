/** Shapes of the server's API that more than one part of the console uses. */

/** A record as queries and the live tail give it: every field is text; `_time` is RFC 3339 with up to nanoseconds. */
export type Row = Record<string, string>;

export interface Counters {
  received: number;
  stored: number;
  filtered: number;
  rejected: number;
  dropped: number;
}

export interface InputCounters extends Partial<Counters> {
  id: string;
  received: number;
}

export interface Metrics {
  time: string;
  totals: Counters;
  rates: Counters;
  reasons: { rejected?: Record<string, number>; dropped?: Record<string, number> };
  levels: Record<string, number>;
  inputs: InputCounters[];
  connections: number;
  buffer: { bytes: number; capacity: number };
  storage: { records: number; bytes: number; freeBytes: number };
  host: { cpu_usage?: number; memory_usage?: number; disk_io?: number };
  alerts: { firing: number; pending: number };
}

export interface InputInfo {
  id: string;
  protocol: string;
  address: string;
  state: string;
  received: number;
  rejected: number;
  bytes: number;
  errors: number;
  connections: number;
}

export interface ConnectionInfo {
  id: string;
  input: string;
  peer: string;
  protocol: string;
  records: number;
  bytes: number;
  since: string;
  errors: number;
}

export interface Inputs {
  inputs: InputInfo[];
  connections: ConnectionInfo[];
}

export interface RecordFilter {
  minLevel: string;
  includeCategories: string[];
  excludeCategories: string[];
  drop: string;
}

export type AlertStateName = "INACTIVE" | "PENDING" | "FIRING";

export interface Alert {
  rule: string;
  name: string;
  labels: Record<string, string>;
  state: AlertStateName;
  value: number;
  since: string;
  /** True where nobody is notified of it. */
  silenced?: boolean;
}

/** Alerts of which nobody is notified until a time: those whose labels have all of these values (`rule` stands for the rule's id). */
export interface Silence {
  id: string;
  matchers: Record<string, string>;
  note: string;
  until: string;
}

/** A change of an alert's state, from the stream and from the history. */
export interface AlertChange {
  rule: string;
  name: string;
  labels: Record<string, string>;
  from: string;
  to: string;
  value: number;
  time: string;
}

export interface RuleDraft {
  name: string;
  query: string;
  window: string;
  interval: string;
  comparison: string;
  threshold: number;
  for: string;
  severity: string;
  enabled: boolean;
}

export interface Rule extends RuleDraft {
  id: string;
  /** Why the last evaluation failed; only in answers. */
  lastError?: string;
}

export interface ValueHits {
  value: string;
  hits: number;
}

export interface Facet {
  field_name: string;
  values: { field_value: string; hits: number }[];
}

export interface HitsSeries {
  fields: Record<string, string>;
  timestamps: string[];
  values: number[];
  total?: number;
}

export interface Pattern {
  pattern: string;
  count: number;
  /** Counts over equal parts of the asked range, oldest first. */
  trend?: number[];
  example?: string;
}

export interface SavedSearch {
  id: string;
  name: string;
  query: string;
  range?: string;
  columns?: string[];
}
