import { expect, it } from "vitest";
import { alertOf } from "../testing/answers";
import { withTrends } from "./alertTrend";

const alert = (app: string, value: number) => alertOf({ rule: "r", labels: { app }, value });

it("continues each alert's values and drops resolved alerts", () => {
  const first = withTrends([], [alert("a", 1), alert("b", 9)]);
  const second = withTrends(first, [alert("a", 2), alert("c", 5)]);
  expect(second.map(({ labels, trend }) => [labels.app, trend])).toEqual([
    ["a", [1, 2]],
    ["c", [5]],
  ]);
});

it("keeps a trend within its bounds", () => {
  let alerts = withTrends([], [alert("a", 0)]);
  for (let value = 1; value < 500; value++) alerts = withTrends(alerts, [alert("a", value)]);
  expect(alerts[0]?.trend).toHaveLength(120);
  expect(alerts[0]?.trend.at(-1)).toBe(499);
});
