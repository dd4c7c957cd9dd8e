import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatDateTime } from "./format";
import { parseRangeText } from "./rangeText";
import { chooseZone, momentOf, timeAt, zoneName } from "./zone";

const NOW = Date.parse("2026-11-21T12:00:00Z");

function between(text: string) {
  const range = parseRangeText(text, NOW);
  return range?.kind === "between"
    ? [range.start, range.end].map((time) => new Date(time).toISOString().slice(0, 19))
    : range;
}

describe("a typed range", () => {
  beforeEach(() => chooseZone("utc"));
  afterEach(() => chooseZone("local"));

  it.each(["90m", "last 90m", " Last  90m "])("accepts a range up to now: %s", (text) => {
    expect(parseRangeText(text, NOW)).toEqual({ kind: "last", duration: "90m" });
  });

  it.each([
    ["last 2 hours", "2h"],
    ["past 30 minutes", "30m"],
    ["now-1h", "1h"],
    ["-15m", "15m"],
    ["last week", "1w"],
    ["last day", "1d"],
  ])("accepts words and what other tools write: %s", (text, duration) => {
    expect(parseRangeText(text, NOW)).toEqual({ kind: "last", duration });
  });

  it("accepts durations in words before now", () => {
    expect(between("3 hours ago to 1 hour ago")).toEqual(["2026-11-21T09:00:00", "2026-11-21T11:00:00"]);
  });

  it("accepts all time", () => expect(parseRangeText("all", NOW)).toEqual({ kind: "all" }));

  it.each([
    ["2026-11-20", "2026-11-20T00:00:00", "2026-11-21T00:00:00"],
    ["yesterday", "2026-11-20T00:00:00", "2026-11-21T00:00:00"],
    ["10:00 to 11:30", "2026-11-21T10:00:00", "2026-11-21T11:30:00"],
    ["yesterday 10:00 to 11:30", "2026-11-20T10:00:00", "2026-11-20T11:30:00"],
    ["2026-11-19 23:30 – 2026-11-20 00:15:30", "2026-11-19T23:30:00", "2026-11-20T00:15:30"],
    ["2026-11-19T10:00:00Z..2026-11-19T13:00:00+02:00", "2026-11-19T10:00:00", "2026-11-19T11:00:00"],
    ["3h ago to 1h ago", "2026-11-21T09:00:00", "2026-11-21T11:00:00"],
    ["3h ago", "2026-11-21T09:00:00", "2026-11-21T12:00:00"],
    ["today to now", "2026-11-21T00:00:00", "2026-11-21T12:00:00"],
  ])("takes %s", (text, start, end) => {
    expect(between(text)).toEqual([start, end]);
  });

  it.each(["", "soon", "11:00 to 10:00", "25:61 to 26:00", "2026-99-99x", "1h to 2h to 3h"])(
    "says nothing about %j",
    (text) => {
      expect(parseRangeText(text, NOW)).toBeUndefined();
    },
  );
});

describe("the zone", () => {
  afterEach(() => chooseZone("local"));

  it("is UTC where selected, for display and for input", () => {
    chooseZone("utc");
    expect(formatDateTime(NOW)).toBe("2026-11-21 12:00:00.000");
    expect(timeAt(momentOf(NOW))).toBe(NOW);
    expect(zoneName(NOW)).toBe("UTC");
  });

  it("is the viewer's otherwise", () => {
    expect(timeAt(momentOf(NOW + 7))).toBe(NOW + 7);
    expect(formatDateTime(NOW)).toContain(`${String(new Date(NOW).getHours()).padStart(2, "0")}:`);
  });
});
