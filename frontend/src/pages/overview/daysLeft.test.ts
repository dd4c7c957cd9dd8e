import { describe, expect, it } from "vitest";
import type { MetricsSample } from "../../models/metricsHistory";
import { daysLeft } from "./daysLeft";

const storage = { records: 1_000, bytes: 100_000, freeBytes: 86_400 * 1_000 * 30 };

function sample(from: number, time: number, stored: number): MetricsSample {
  return {
    from,
    time,
    rates: { received: stored, stored, filtered: 0, rejected: 0, dropped: 0 },
    inputs: {},
    rows: {},
    levels: {},
    host: {},
    bufferShare: 0,
  };
}

describe("daysLeft", () => {
  it("uses the average rate and the average size of a record", () => {
    // 10 records of 100 bytes a second: 86.4 MB a day into 2,592 MB.
    expect(daysLeft(storage, [sample(0, 100_000, 20), sample(100_000, 200_000, 0)])).toBe("30 days left");
    expect(daysLeft(storage, [sample(0, 200_000, 400)])).toBe("18 hours left");
    expect(daysLeft(storage, [sample(0, 200_000, 0.2)])).toBe("4 years left");
  });

  it("is undefined for a short history, without new records, and for empty storage", () => {
    expect(daysLeft(storage, [sample(0, 1_000, 5_000)])).toBeUndefined();
    expect(daysLeft(storage, [sample(0, 200_000, 0)])).toBeUndefined();
    expect(daysLeft({ ...storage, records: 0 }, [sample(0, 200_000, 10)])).toBeUndefined();
  });
});
