import { describe, expect, it } from "vitest";
import { decodeRange, encodeRange, rangeLabel, reshape, resolveRange, stepFor, toLocalInput } from "./timeRange";

describe("ranges", () => {
  it("resolve relative to now", () => {
    expect(resolveRange({ kind: "last", duration: "15m" }, 10_000_000)).toEqual({ start: 9_100_000, end: 10_000_000 });
    expect(resolveRange({ kind: "between", start: 1, end: 2 }, 10)).toEqual({ start: 1, end: 2 });
    expect(resolveRange({ kind: "all" }, 10)).toEqual({});
  });

  it("reject invalid text and an end before the start", () => {
    for (const text of ["", "x", "5", "a~b", "2026-01-02T00:00:00Z~2026-01-01T00:00:00Z", null])
      expect(decodeRange(text)).toBeUndefined();
  });

  it("have readable labels", () => {
    expect(rangeLabel({ kind: "last", duration: "24h" })).toBe("Last 24 hours");
    expect(rangeLabel({ kind: "last", duration: "90m" })).toBe("Last 90m");
    const start = new Date(2026, 10, 21, 9, 0, 0).getTime();
    expect(rangeLabel({ kind: "between", start, end: start + 60_000 })).toBe("2026-11-21 09:00:00 – 09:01:00");
    expect(toLocalInput(start)).toBe("2026-11-21T09:00:00");
    expect(encodeRange({ kind: "all" })).toBe("all");
  });
});

describe("stepFor", () => {
  it("picks the narrowest step within the number of bars", () => {
    expect(stepFor(3_600_000, 150)).toBe(30_000);
    expect(stepFor(300_000, 150)).toBe(2_000);
    expect(stepFor(7 * 86_400_000, 150)).toBe(7_200_000);
    expect(stepFor(100, 150)).toBe(1);
  });

  it("never exceeds the number of bars, below the widest step", () => {
    for (let span = 1; span < 40 * 365 * 86_400_000; span = span * 3 + 1)
      expect(span / stepFor(span, 150)).toBeLessThanOrEqual(150);
  });
});

describe("reshape", () => {
  const hour = { kind: "between", start: 10 * 3_600_000, end: 11 * 3_600_000 } as const;

  it("zooms around the middle, and shifts by a fraction of the length", () => {
    expect(reshape(hour, 0, { zoom: 2 })).toEqual({ kind: "between", start: 9.5 * 3_600_000, end: 11.5 * 3_600_000 });
    expect(reshape(hour, 0, { shift: -0.5 })).toEqual({
      kind: "between",
      start: 9.5 * 3_600_000,
      end: 10.5 * 3_600_000,
    });
    expect(reshape({ kind: "last", duration: "1h" }, 11 * 3_600_000, { zoom: 0.5 })).toEqual({
      kind: "between",
      start: 10.25 * 3_600_000,
      end: 10.75 * 3_600_000,
    });
    expect(reshape({ kind: "all" }, 0, { zoom: 2 })).toBeUndefined();
  });
});
