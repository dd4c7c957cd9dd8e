import { describe, expect, it } from "vitest";
import { distributionOf, distributionQuery } from "./distribution";

describe("distributionQuery", () => {
  it("counts the records that the filter selects and that have the field", () => {
    expect(distributionQuery("error | fields app", "app", "web")).toBe(
      'error app:* | stats count() records, count() if (app:="web") same, count_uniq(app) values, ' +
        "min(app) low, quantile(0.5, app) median, quantile(0.99, app) p99, max(app) high",
    );
    expect(distributionQuery("*", "a b", 'x"y')).toContain('"a b":* | stats');
  });
});

describe("distributionOf", () => {
  it("has numbers only where the ends are numbers", () => {
    const counts = { records: "9", same: "3", values: "2" };
    expect(distributionOf({ ...counts, low: "1", median: "2", p99: "3.5", high: "4" })).toEqual({
      records: 9,
      same: 3,
      values: 2,
      numbers: { min: 1, median: 2, p99: 3.5, max: 4 },
    });
    expect(distributionOf({ ...counts, low: "a", median: "b", p99: "c", high: "d" })?.numbers).toBeUndefined();
    expect(distributionOf(undefined)).toBeUndefined();
  });
});
