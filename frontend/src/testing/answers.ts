import type { Alert, HitsSeries, InputCounters, Metrics } from "../api/types";

/** Complete responses of the server for tests, which override what they care about. */

const NO_COUNTS = { received: 0, stored: 0, filtered: 0, rejected: 0, dropped: 0 };

export function inputCounters(id: string, received: number): InputCounters {
  return { ...NO_COUNTS, id, received, bytes: 0 };
}

/** A reading taken `second` seconds after nine o'clock. */
export function metrics(second: number, more: Partial<Metrics> = {}): Metrics {
  return {
    time: new Date(Date.UTC(2026, 10, 21, 9, 0, second)).toISOString(),
    totals: NO_COUNTS,
    rates: NO_COUNTS,
    reasons: { filtered: {}, rejected: {}, dropped: {} },
    levels: {},
    inputs: [],
    connections: 0,
    buffer: { bytes: 0, capacity: 1 },
    storage: { records: 0, bytes: 0, freeBytes: 0 },
    host: {},
    alerts: { firing: 0, pending: 0 },
    ...more,
  };
}

export function hitsSeries(
  fields: Record<string, string>,
  timestamps: (string | number)[],
  values: number[],
): HitsSeries {
  return {
    fields,
    timestamps: timestamps.map((time) => new Date(time).toISOString()),
    values,
    total: values.reduce((sum, value) => sum + value, 0),
  };
}

export function alertOf(part: Partial<Alert>): Alert {
  return {
    id: "a1",
    rule: "r1",
    name: "Errors by app",
    kind: "threshold",
    severity: "warning",
    labels: { app: "web" },
    state: "FIRING",
    value: 42,
    threshold: 10,
    reason: "42 > 10 over 1m",
    since: "2026-11-21T09:00:00Z",
    startedAt: "2026-11-21T08:58:00Z",
    ...part,
  };
}
