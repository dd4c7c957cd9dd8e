import { describe, expect, it } from "vitest";
import { drawnStep, linesOf, seriesFrom, seriesProblems, suggestName } from "./series";

describe("seriesFrom", () => {
  it("takes the grouping by time out, and makes it the step", () => {
    expect(seriesFrom("error | stats by (_time:5m, app) count() n")).toEqual({
      name: "error_by_app",
      query: "error | stats by (app) count() n",
      step: "5m",
    });
    expect(seriesFrom("* | stats by (app, _time:1h) count() n").query).toBe("* | stats by (app) count() n");
    expect(seriesFrom("* | stats by (_time:1h) count() n").query).toBe("* | stats count() n");
  });

  it("keeps steps within what the server allows", () => {
    expect(seriesFrom("* | stats by (_time:1s) count() n").step).toBe("10s");
  });

  it("counts the records of a query that computes nothing", () => {
    expect(seriesFrom("error | fields app").query).toBe("error | stats count() value");
  });
});

describe("suggestName", () => {
  it("is the name of a metric", () => {
    expect(suggestName('level:=ERROR app:="web shop" | stats by (host) count()')).toBe("error_web_shop_by_host");
    expect(suggestName("* | stats count()")).toBe("records");
    expect(
      seriesProblems({ name: suggestName("404 | stats count()"), query: "* | stats count()", step: "1m" }),
    ).toEqual({});
  });
});

describe("seriesProblems", () => {
  it("names what the server would refuse", () => {
    expect(Object.keys(seriesProblems({ name: "9 lives", query: "error", step: "1s" }))).toEqual([
      "name",
      "query",
      "step",
    ]);
  });
});

describe("linesOf", () => {
  const line = (app: string, values: [number, string][]) => ({ metric: { __name__: "errors", app }, values });

  it("draws steps without a value as gaps", () => {
    const { times, series } = linesOf(
      [
        line("shop", [
          [60, "1"],
          [240, "4"],
        ]),
      ],
      60_000,
      6,
    );
    expect(times).toEqual([60_000, 120_000, 180_000, 240_000]);
    expect(series).toEqual([{ name: "app=shop", values: [1, null, null, 4] }]);
  });

  it("names the stats function only where there are several", () => {
    const of = (...results: string[]) =>
      linesOf(
        results.map((result) => ({ metric: { app: "shop", result }, values: [[60, "1"]] })),
        60_000,
        6,
      ).series.map(({ name }) => name);
    expect(of("errors")).toEqual(["app=shop"]);
    expect(of("errors", "total")).toEqual(["app=shop result=errors", "app=shop result=total"]);
  });

  it("draws the largest groups, and leaves out what is not a number", () => {
    const { series, left } = linesOf(
      [line("a", [[60, "1"]]), line("b", [[60, "9"]]), line("c", [[60, "NaN"]])],
      60_000,
      1,
    );
    expect(series.map(({ name }) => name)).toEqual(["app=b"]);
    expect(left).toBe(2);
  });
});

describe("drawnStep", () => {
  it("is a multiple of the series' own step", () => {
    expect(drawnStep(60_000, 3_600_000)).toBe(60_000);
    expect(drawnStep(60_000, 7 * 86_400_000)).toBe(17 * 60_000);
  });
});
