import { describe, expect, it } from "vitest";
import type { Row } from "../api/types";
import { columnsOf, sortRows, timeSeriesOf } from "./resultTable";

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
