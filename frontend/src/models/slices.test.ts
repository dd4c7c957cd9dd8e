import { describe, expect, it } from "vitest";
import { isSliceable, slicesOf } from "./slices";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-21T12:00:00Z");

describe("a query in slices", () => {
  it.each(["*", "error level:=ERROR", "* | fields a, b", "a | filter b | extract 'x=<x>'", '"a | b"'])(
    "is possible row by row: %s",
    (query) => expect(isSliceable(query)).toBe(true),
  );

  it.each([
    "* | stats count()",
    "* | limit 5",
    "* | sort by (a)",
    "user:in(level:=ERROR | fields user)",
    "options(concurrency=2) *",
    "* | uniq by (a)",
  ])("is not, where rows depend on others: %s", (query) => expect(isSliceable(query)).toBe(false));

  it("covers the range without gap or overlap, newest first", () => {
    const asked = { query: "*", start: NOW - 7 * 24 * HOUR, end: NOW };
    const slices = slicesOf(asked, NOW);
    expect(slices.length).toBeGreaterThan(2);
    expect(slices[0]?.end).toBe(NOW);
    expect(slices[slices.length - 1]?.start).toBe(asked.start);
    slices.slice(1).forEach((slice, index) => expect(slice.end).toBe(slices[index]?.start));
  });

  it("leaves both ends of an open range open", () => {
    const slices = slicesOf({ query: "*" }, NOW);
    expect(slices[0]).toEqual({ query: "*", start: NOW - HOUR });
    expect(slices[slices.length - 1]?.start).toBeUndefined();
  });

  it("runs once for a short range, and where it cannot be sliced", () => {
    const short = { query: "*", start: NOW - HOUR, end: NOW };
    expect(slicesOf(short, NOW)).toEqual([short]);
    const counted = { query: "* | stats count()" };
    expect(slicesOf(counted, NOW)).toEqual([counted]);
  });
});
