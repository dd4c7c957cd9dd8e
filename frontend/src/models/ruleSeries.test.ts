import { describe, expect, it } from "vitest";
import type { Series } from "../api/series";
import { problemsOf } from "./ruleCheck";
import { NEW_RULE, withKind } from "./rules";
import { findSeries, seriesOf, withSeries } from "./ruleSeries";

const ORDERS: Series = {
  id: "s1",
  name: "orders",
  query: "* | stats count() value",
  step: "300s",
  series: 1,
  leftOut: 0,
  bytes: 10,
};

describe("rules of a kept series", () => {
  it("are told by their query, and find their series by id or name", () => {
    expect(seriesOf("level:=ERROR | stats count() value")).toBeUndefined();
    expect(seriesOf(" series:s1 ")).toBe("s1");
    expect(findSeries("series:s1", [ORDERS])).toBe(ORDERS);
    expect(findSeries("series:orders", [ORDERS])).toBe(ORDERS);
    expect(findSeries("series:gone", [ORDERS])).toBeUndefined();
  });

  it("get a window of two steps, and need no stats pipe", () => {
    const draft = withSeries({ ...NEW_RULE, name: "Few orders", window: "1m", minRecords: 5 }, ORDERS);
    expect(draft).toMatchObject({ query: "series:s1", window: "10m", minRecords: undefined });
    expect(withSeries({ ...NEW_RULE, window: "1h" }, ORDERS).window).toBe("1h");
    expect(problemsOf(draft)).toEqual({});
  });

  it("get a query again as a kind that judges no series", () => {
    const draft = withSeries(NEW_RULE, ORDERS);
    expect(withKind(draft, "change").query).toBe("series:s1");
    expect(withKind(draft, "new-template").query).toBe("*");
    expect(withKind(draft, "ratio").query).toContain("stats");
  });
});
