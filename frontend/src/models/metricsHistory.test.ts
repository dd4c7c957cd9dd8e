import { describe, expect, it } from "vitest";
import type { Metrics } from "../api/types";
import { inputCounters, metrics } from "../testing/answers";
import { appendSample, HISTORY_MS, rateBetween } from "./metricsHistory";

function reading(second: number, received: number, more: Partial<Metrics> = {}): Metrics {
  return metrics(second, {
    totals: { received, stored: received, filtered: 0, rejected: 0, dropped: 0 },
    levels: { INFO: received },
    inputs: [inputCounters("tcp", received)],
    buffer: { bytes: 32, capacity: 64 },
    host: { cpu_usage: 12.5 },
    ...more,
  });
}

describe("rateBetween", () => {
  it("divides the counters' growth by the time between the readings", () => {
    const sample = rateBetween(reading(0, 100), reading(4, 300));
    expect(sample).toMatchObject({
      rates: { received: 50, stored: 50 },
      inputs: { tcp: 50 },
      rows: {},
      levels: { INFO: 50 },
      bufferShare: 0.5,
      host: { cpu: 12.5 },
    });
    expect(sample && sample.time - sample.from).toBe(4_000);
  });

  it("counts an input or level that appears from zero", () => {
    const before = reading(0, 100, { inputs: [], levels: {} });
    expect(rateBetween(before, reading(1, 150))).toMatchObject({
      inputs: { tcp: 150 },
      rows: {},
      levels: { INFO: 150 },
    });
  });

  it("is undefined across a restart and for readings of the same time", () => {
    expect(rateBetween(reading(0, 100), reading(1, 5))).toBeUndefined();
    expect(rateBetween(reading(1, 100), reading(1, 100))).toBeUndefined();
    expect(rateBetween(reading(2, 100), reading(1, 100))).toBeUndefined();
  });
});

describe("appendSample", () => {
  it("drops samples older than the history", () => {
    const sample = (time: number) => ({
      from: time - 1,
      time,
      rates: { received: 0, stored: 0, filtered: 0, rejected: 0, dropped: 0 },
      inputs: {},
      rows: {},
      levels: {},
      host: {},
      bufferShare: 0,
    });
    const history = appendSample([sample(0), sample(1_000), sample(2_000)], sample(HISTORY_MS + 1_000));
    expect(history.map(({ time }) => time)).toEqual([1_000, 2_000, HISTORY_MS + 1_000]);
  });
});
