import { describe, expect, it } from "vitest";
import type { Row } from "../api/types";
import { columnsOf, countColumns, figuresOf, sortRows, timeSeriesOf } from "./resultTable";

describe("columnsOf", () => {
  it("finds numbers, times and text, in order of appearance", () => {
    const rows: Row[] = [
      { _time: "2026-11-21T09:00:00Z", app: "a", n: "1" },
      { _time: "2026-11-21T09:01:00Z", app: "", n: "2.5e3", extra: "x" },
    ];
    expect(columnsOf(rows).map(({ name, numeric, time }) => [name, numeric, time])).toEqual([
      ["_time", false, true],
      ["app", false, false],
      ["n", true, false],
      ["extra", false, false],
    ]);
  });
});

describe("sortRows", () => {
  it("sorts numbers numerically and text alphabetically", () => {
    const rows = [
      { n: "9", t: "b" },
      { n: "10", t: "a" },
      { n: "", t: "c" },
    ];
    const [n, t] = columnsOf(rows);
    expect(sortRows(rows, n, true).map((row) => row.n)).toEqual(["10", "9", ""]);
    expect(sortRows(rows, t, false).map((row) => row.t)).toEqual(["a", "b", "c"]);
  });
});

describe("timeSeriesOf", () => {
  it("draws a line per group, with gaps where a group has no row", () => {
    const rows = [
      { _time: "2026-11-21T09:01:00Z", app: "a", n: "2" },
      { _time: "2026-11-21T09:00:00Z", app: "b", n: "9" },
      { _time: "2026-11-21T09:00:00Z", app: "a", n: "1" },
    ];
    const result = timeSeriesOf(rows, columnsOf(rows));
    expect(result?.series).toEqual([
      { name: "b", values: [9, null] },
      { name: "a", values: [1, 2] },
    ]);
    expect(result?.stepMs).toBe(60_000);
  });

  it("names series of several numeric columns and counts the omitted lines", () => {
    const two = [{ _time: "2026-11-21T09:00:00Z", min: "1", max: "5" }];
    expect(timeSeriesOf(two, columnsOf(two))?.series.map(({ name }) => name)).toEqual(["max", "min"]);
    const many = Array.from({ length: 14 }, (_, index) => ({
      _time: "2026-11-21T09:00:00Z",
      app: `a${index}`,
      n: String(index + 1),
    }));
    expect(timeSeriesOf(many, columnsOf(many))?.left).toBe(4);
  });

  it("is empty without times or numbers", () => {
    const rows = [{ app: "a", n: "1" }];
    expect(timeSeriesOf(rows, columnsOf(rows))).toBeUndefined();
  });
});

describe("results with missing buckets and numbers", () => {
  const rows = [
    { _time: "2026-11-21T09:10:00Z", app: "web", n: "5", mean: "2.5" },
    { _time: "2026-11-21T09:30:00Z", app: "web", n: "7", mean: "NaN" },
  ];
  const origin = {
    query: "* | stats by (_time:10m, app) count() n, avg(ms) mean",
    start: Date.parse("2026-11-21T09:00:00Z"),
    end: Date.parse("2026-11-21T10:00:00Z"),
  };

  it("covers the whole range: no records are a count of 0, and a gap in everything else", () => {
    const lines = timeSeriesOf(rows, columnsOf(rows), origin);
    expect(lines?.times).toHaveLength(6);
    expect(lines?.stepMs).toBe(600_000);
    expect(lines?.series).toEqual([
      { name: "web · n", values: [0, 5, 0, 7, 0, 0] },
      { name: "web · mean", values: [null, 2.5, null, null, null, null] },
    ]);
  });

  it("covers the extent of an open range, and leaves irregular times alone", () => {
    const { query } = origin;
    expect(timeSeriesOf(rows, columnsOf(rows), { query })?.times).toHaveLength(3);
    const odd = [...rows, { _time: "2026-11-21T09:12:34Z", app: "web", n: "1" }];
    expect(timeSeriesOf(odd, columnsOf(odd), origin)?.times).toHaveLength(3);
  });

  it("takes what is not a number for a missing one, and never for a name", () => {
    const none = [{ mean: "NaN" }, { mean: "+Inf" }];
    expect(columnsOf(none)).toEqual([{ name: "mean", numeric: true, time: false }]);
    expect(sortRows([{ n: "NaN" }, { n: "2" }, { n: "10" }], { name: "n", numeric: true, time: false }, true)).toEqual([
      { n: "10" },
      { n: "2" },
      { n: "NaN" },
    ]);
  });

  it("knows which columns count", () => {
    expect([...countColumns("a | stats by (app) count() if (x) n, sum(b) s, count_uniq(ip) as visitors")]).toEqual([
      "n",
      "visitors",
    ]);
  });

  it("has large figures for a single row of numbers only", () => {
    const one = [{ n: "5", mean: "NaN" }];
    expect(figuresOf(one, columnsOf(one))).toEqual([
      { name: "n", value: 5 },
      { name: "mean", value: undefined },
    ]);
    expect(figuresOf(rows, columnsOf(rows))).toEqual([]);
  });
});
