import { describe, expect, it } from "vitest";
import { hitsSeries } from "../testing/answers";
import { BUCKET_MS, inputSeries, levelSeries, storedBefore } from "./liveSeries";
import type { MetricsSample } from "./metricsHistory";

const NOW = Date.UTC(2026, 10, 21, 9, 0, 0);

function sample(from: number, time: number, rate: number): MetricsSample {
  const zero = { received: 0, stored: 0, filtered: 0, rejected: 0, dropped: 0 };
  return { from, time, rates: zero, inputs: { tcp: rate }, rows: {}, levels: { INFO: rate }, host: {}, bufferShare: 0 };
}

describe("inputSeries", () => {
  it("weights samples by how long they overlap each bucket, and leaves buckets without samples empty", () => {
    const start = NOW - BUCKET_MS;
    const { times, series } = inputSeries(
      [sample(start, start + 1_000, 10), sample(start + 1_000, start + 4_000, 30)],
      NOW,
    );
    const values = series[0]?.values ?? [];
    expect(times[times.length - 1]).toBe(NOW);
    expect(values[times.indexOf(start)]).toBeCloseTo(25);
    expect(values.filter((value) => value !== null)).toHaveLength(1);
  });

  it("spreads a reading after a pause over the whole pause", () => {
    const { times, series } = inputSeries([sample(NOW - 20_000, NOW, 7)], NOW);
    const values = series[0]?.values ?? [];
    for (let back = 1; back <= 4; back++) expect(values[times.indexOf(NOW - back * BUCKET_MS)]).toBeCloseTo(7);
  });
});

describe("inputSeries of idle inputs", () => {
  it("omits inputs that received nothing", () => {
    const quiet = { ...sample(NOW - 2_000, NOW, 3), inputs: { loki: 0, tcp: 3 } };
    expect(inputSeries([quiet], NOW).series.map(({ name }) => name)).toEqual(["tcp"]);
  });
});

describe("storedBefore", () => {
  it("adds up all levels until the console was opened, and is empty after that", () => {
    const seed = [
      hitsSeries({ level: "INFO" }, [NOW - 20_000, NOW - 5_000], [10, 99]),
      hitsSeries({ level: "WARN" }, [NOW - 20_000], [5]),
    ];
    const values = storedBefore([sample(NOW - 10_000, NOW, 1)], seed, NOW);
    expect(values.slice(-6)).toEqual([0, 3, 0, null, null, null]);
    expect(storedBefore([], [], NOW).every((value) => value === null)).toBe(true);
  });
});

describe("levelSeries", () => {
  it("uses stored counts until the console was opened", () => {
    const watched = NOW - 10_000;
    const seed = [hitsSeries({ level: "ERROR" }, [NOW - 20_000, NOW - 5_000], [50, 999])];
    const { times, series } = levelSeries([sample(watched, NOW, 4)], seed, NOW);
    const at = (name: string, time: number) => series.find((one) => one.name === name)?.values[times.indexOf(time)];
    expect(at("ERROR", NOW - 20_000)).toBe(10);
    expect(at("INFO", NOW - 20_000)).toBe(0);
    expect(at("ERROR", NOW - 5_000)).toBe(0);
    expect(at("INFO", NOW - 5_000)).toBeCloseTo(4);
    expect(at("INFO", NOW - 60_000)).toBeNull();
    expect(series.map(({ name }) => name)).toEqual(["ERROR", "INFO"]);
  });
});
