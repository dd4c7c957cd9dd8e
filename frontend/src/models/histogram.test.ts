import { describe, expect, it } from "vitest";
import { hitsSeries } from "../testing/answers";
import { BY_LEVEL, extentOf, histogramOf } from "./histogram";
import { stack } from "./stack";

describe("histogramOf", () => {
  it("fills in buckets over the whole range and orders levels from most to least severe", () => {
    const hits = [hitsSeries({ level: "INFO" }, [60_000], [3]), hitsSeries({ level: "FATAL" }, [120_000], [1])];
    const { times, series, total } = histogramOf(hits, 60_000, BY_LEVEL, 30_000, 240_000);
    expect(times).toEqual([0, 60_000, 120_000, 180_000]);
    expect(series.map(({ value }) => value)).toEqual(["FATAL", "INFO"]);
    expect(series[1]?.values).toEqual([0, 3, 0, 0]);
    expect(total).toBe(4);
  });

  it("merges unknown levels, and ignores buckets outside the range", () => {
    const hits = [hitsSeries({ level: "weird" }, [0], [2]), hitsSeries({}, [0, 999_000], [5, 100])];
    const { series } = histogramOf(hits, 1_000, BY_LEVEL, 0, 2_000);
    expect(series).toEqual([{ value: "", values: [7, 0], total: 7 }]);
  });

  it("takes an open range's ends from the data", () => {
    const hits = [hitsSeries({}, [86_400_000, 3 * 86_400_000], [1, 1])];
    expect(histogramOf(hits, 86_400_000, BY_LEVEL).times).toHaveLength(3);
    expect(histogramOf([], 86_400_000, BY_LEVEL).times).toEqual([]);
  });

  it("stacks the values of any field by size, and all others above them", () => {
    const hits = [
      hitsSeries({}, [0], [50]),
      hitsSeries({ app: "" }, [0], [3]),
      hitsSeries({ app: "web" }, [0, 1_000], [4, 5]),
    ];
    const { series, total } = histogramOf(hits, 1_000, "app", 0, 2_000);
    expect(series).toEqual([
      { value: "web", values: [4, 5], total: 9 },
      { value: "", values: [3, 0], total: 3 },
      { values: [50, 0], total: 50 },
    ]);
    expect(total).toBe(62);
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

  it("leaves out the few records of another year, and says where they are", () => {
    const found = extentOf(
      [
        series(
          ["2019-01-01T00:00:00Z", "2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z", "2031-02-01T00:00:00Z"],
          [2, 4_000, 6_000, 1],
        ),
      ],
      86_400_000,
    );
    expect(found).toEqual({
      start: Date.parse("2026-11-18T00:00:00Z"),
      end: Date.parse("2026-11-20T00:00:00Z"),
      before: { start: Date.parse("2019-01-01T00:00:00Z"), end: Date.parse("2019-01-02T00:00:00Z"), records: 2 },
      after: { start: Date.parse("2031-02-01T00:00:00Z"), end: Date.parse("2031-02-02T00:00:00Z"), records: 1 },
    });
  });

  it("keeps a year that has more than a thousandth of the records, and days that are not far away", () => {
    const many = series(["2019-01-01T00:00:00Z", "2026-11-18T00:00:00Z"], [11, 10_000]);
    expect(extentOf([many], 86_400_000)?.start).toBe(Date.parse("2019-01-01T00:00:00Z"));
    const near = series(["2026-11-17T00:00:00Z", "2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z"], [1, 5_000, 5_000]);
    expect(extentOf([near], 86_400_000)?.start).toBe(Date.parse("2026-11-17T00:00:00Z"));
  });

  it("is undefined where all buckets are empty", () => expect(extentOf([], 1)).toBeUndefined());
});
