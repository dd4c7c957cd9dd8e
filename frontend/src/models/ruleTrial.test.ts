import { describe, expect, it } from "vitest";
import type { RuleTrial } from "../api/ruleTrial";
import { alignCurves, firingsByGroup, formatPerWeek, ownRate, rateAt, snap } from "./ruleTrial";

const trial: RuleTrial = {
  start: "2026-11-01T00:00:00Z",
  end: "2026-11-15T00:00:00Z",
  step: "1m",
  groups: 2,
  series: [],
  firings: [
    {
      labels: { app: "a" },
      from: "2026-11-01T01:00:00Z",
      to: "2026-11-01T02:00:00Z",
      value: 5,
      severity: "warning",
      reason: "5 > 3",
    },
    {
      labels: { app: "b" },
      from: "2026-11-02T01:00:00Z",
      to: "2026-11-02T02:00:00Z",
      value: 6,
      severity: "warning",
      reason: "6 > 3",
    },
    { labels: { app: "a" }, from: "2026-11-14T23:00:00Z", value: 7, severity: "warning", reason: "7 > 3" },
  ],
  totalFirings: 3,
  perWeek: [],
};

describe("the rate of alerts", () => {
  const rates = [
    { threshold: 10, firings: 40 },
    { threshold: 20, firings: 20 },
    { threshold: 30, firings: 0 },
  ];

  it("is between those of the nearest thresholds tried", () => {
    expect([10, 15, 20, 29].map((threshold) => rateAt(rates, threshold))).toEqual([40, 30, 20, 2]);
  });

  it("is that of the nearest threshold outside of those tried", () => {
    expect(rateAt(rates, 1)).toBe(40);
    expect(rateAt(rates, 99)).toBe(0);
    expect(rateAt([], 1)).toBeUndefined();
  });

  it("is exact at the rule's own threshold", () => {
    expect(ownRate(trial)).toBe(1.5);
  });

  it("reads well", () => {
    expect([1234.5, 9.96, 1.5, 2, 0.04, 0].map(formatPerWeek)).toEqual(["1,235", "10", "1.5", "2", "<0.1", "0"]);
  });
});

it("a dragged threshold is a round number", () => {
  expect(snap(41.37, 100)).toBe(41.5);
  expect(snap(0.3137, 1)).toBe(0.315);
  expect(snap(12_345, 20_000)).toBe(12_300);
});

it("curves share one axis, with gaps where a group has no value", () => {
  const aligned = alignCurves(
    [
      {
        labels: { app: "a" },
        points: [
          ["2026-11-01T00:00:00Z", 1],
          ["2026-11-01T00:02:00Z", "NaN"],
        ],
      },
      { labels: {}, points: [["2026-11-01T00:01:00Z", 2]] },
      { labels: { app: "c" }, points: [["2026-11-01T00:03:00Z", 3]] },
    ],
    2,
  );
  const start = Date.UTC(2026, 10, 1);
  expect(aligned).toEqual({
    times: [start, start + 60_000, start + 120_000],
    series: [
      { name: "app=a", values: [1, null, null] },
      { name: "all records", values: [null, 2, null] },
    ],
  });
});

it("firings are summed by group", () => {
  expect(firingsByGroup(trial)).toMatchObject([
    { name: "app=a", count: 2, lasted: 7_200_000, last: { value: 7 } },
    { name: "app=b", count: 1, lasted: 3_600_000 },
  ]);
});
