import { describe, expect, it } from "vitest";
import { areNumbers, numberRange, rangeQuery } from "./numberRange";

describe("areNumbers", () => {
  it.each([
    [["200", "404", ""], true],
    [["-1.5", "0"], true],
    [["200"], false],
    [["200", "none"], false],
    [["12345678901234567890", "12345678901234567891"], false],
    [[], false],
  ])("%j: %j", (values, expected) => expect(areNumbers(values)).toBe(expected));
});

describe("rangeQuery", () => {
  it("asks for the records of the filters, whatever pipes follow", () =>
    expect(rangeQuery("error # why\n | limit 1", "http status")).toBe(
      'error # why\n | filter "http status":* | stats min("http status") low, median("http status") mid, ' +
        'quantile(0.99, "http status") most, max("http status") high',
    ));
});

describe("numberRange", () => {
  it("has four numbers", () =>
    expect(numberRange({ low: "1", mid: "2.5", most: "98", high: "99" })).toEqual({
      min: 1,
      median: 2.5,
      p99: 98,
      max: 99,
    }));

  it.each<Record<string, string> | undefined>([undefined, {}, { low: "1", mid: "2", most: "NaN", high: "x" }])(
    "is undefined for %j",
    (row) => expect(numberRange(row)).toBeUndefined(),
  );
});
