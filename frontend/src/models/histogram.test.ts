import { describe, expect, it } from "vitest";
import { hitsSeries } from "../testing/answers";
import { extentOf, histogramOf } from "./histogram";
import { stack } from "./stack";

describe("histogramOf", () => {
  it("fills in buckets over the whole range and orders levels from most to least severe", () => {
    const hits = [hitsSeries({ level: "INFO" }, [60_000], [3]), hitsSeries({ level: "FATAL" }, [120_000], [1])];
    const { times, series, total } = histogramOf(hits, 60_000, 30_000, 240_000);
    expect(times).toEqual([0, 60_000, 120_000, 180_000]);
    expect(series.map(({ level }) => level)).toEqual(["FATAL", "INFO"]);
    expect(series[1]?.values).toEqual([0, 3, 0, 0]);
    expect(total).toBe(4);
  });

  it("merges unknown levels, and ignores buckets outside the range", () => {
    const hits = [hitsSeries({ level: "weird" }, [0], [2]), hitsSeries({}, [0, 999_000], [5, 100])];
    const { series } = histogramOf(hits, 1_000, 0, 2_000);
    expect(series).toEqual([{ level: "NONE", values: [7, 0], total: 7 }]);
  });

  it("takes an open range's ends from the data", () => {
    const hits = [hitsSeries({}, [86_400_000, 3 * 86_400_000], [1, 1])];
    expect(histogramOf(hits, 86_400_000).times).toHaveLength(3);
    expect(histogramOf([], 86_400_000).times).toEqual([]);
  });
});

describe("stack", () => {
  it("accumulates series, and keeps a gap only where none has a value", () => {
    expect(
      stack([
        [1, null, null],
        [2, 5, null],
      ]),
    ).toEqual([
      [1, 0, null],
      [3, 5, null],
    ]);
  });
});

describe("extentOf", () => {
  const series = (timestamps: string[], values: number[]) => hitsSeries({}, timestamps, values);

  it("reaches from the first record's bucket to the end of the last one's", () => {
    const found = extentOf(
      [series(["2026-11-20T00:00:00Z"], [1]), series(["2026-11-18T00:00:00Z", "2026-11-25T00:00:00Z"], [2, 0])],
      86_400_000,
    );
    expect(found).toEqual({ start: Date.parse("2026-11-18T00:00:00Z"), end: Date.parse("2026-11-21T00:00:00Z") });
  });

  it("is undefined where all buckets are empty", () => expect(extentOf([], 1)).toBeUndefined());
});
