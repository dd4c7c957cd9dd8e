import { describe, expect, it } from "vitest";
import {
  compareTimes,
  durationText,
  formatBytes,
  formatClock,
  formatCount,
  formatDateTime,
  formatPercent,
  formatRate,
  formatSpan,
  parseDuration,
  timeOf,
} from "./format";

describe("formatCount", () => {
  it.each([
    [0, "0"],
    [9999, "9,999"],
    [10_000, "10k"],
    [123_456, "123k"],
    [1_234_567, "1.23M"],
    [5e9, "5G"],
    [Number.NaN, "–"],
  ])("prints %d as %s", (value, text) => expect(formatCount(value)).toBe(text));
});

describe("formatRate", () => {
  it.each([
    [0, "0"],
    [0.01, "<0.1"],
    [0.24, "0.2"],
    [9.94, "9.9"],
    [9.96, "10"],
    [187_300, "187k"],
  ])("prints %d as %s", (value, text) => expect(formatRate(value)).toBe(text));
});

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "0.98 KB"],
    [67_108_864, "64 MB"],
    [1_073_741_824, "1 GB"],
  ])("prints %d as %s", (value, text) => expect(formatBytes(value)).toBe(text));
});

describe("formatPercent", () => {
  it("keeps small shares visible and accepts a total of zero", () => {
    expect(formatPercent(1, 100_000)).toBe("<0.1%");
    expect(formatPercent(1, 3)).toBe("33%");
    expect(formatPercent(5, 100)).toBe("5%");
    expect(formatPercent(1, 0)).toBe("0%");
  });
});

describe("formatSpan", () => {
  it.each([
    [0, "0ms"],
    [840, "840ms"],
    [59_900, "59s"],
    [725_000, "12m 5s"],
    [3_600_000, "1h"],
    [273_600_000, "3d 4h"],
    [-5, "0ms"],
  ])("prints %d ms as %s", (ms, text) => expect(formatSpan(ms)).toBe(text));
});

describe("parseDuration", () => {
  it.each([
    ["500ms", 500],
    ["5s", 5_000],
    ["1.5h", 5_400_000],
    ["7d", 604_800_000],
  ])("reads %s", (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(["", "5", "s", "5 s", "5x", "-5s", "1h30m"])("rejects %j", (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );
});

describe("durationText", () => {
  it.each([
    [1, "1ms"],
    [30_000, "30s"],
    [90_000, "90s"],
    [1_500, "1500ms"],
    [86_400_000, "1d"],
    [31_536_000_000, "365d"],
  ])("writes %d ms as %s, which reads back the same", (ms, text) => {
    expect(durationText(ms)).toBe(text);
    expect(parseDuration(text)).toBe(ms);
  });
});

describe("times", () => {
  it("truncates nanoseconds and never rounds", () => {
    expect(timeOf("2026-11-21T09:15:02.123999999Z")).toBe(Date.UTC(2026, 10, 21, 9, 15, 2, 123));
    expect(timeOf(undefined)).toBeNaN();
  });

  it("are shown in the viewer's time zone", () => {
    const time = new Date(2026, 10, 21, 9, 5, 2, 7).getTime();
    expect(formatClock(time)).toBe("09:05:02.007");
    expect(formatDateTime(time, false)).toBe("2026-11-21 09:05:02");
    expect(formatClock(Number.NaN)).toBe("–");
  });

  it("are compared by all digits, however many each has", () => {
    const sorted = [
      "2026-11-21T09:15:02Z",
      "2026-11-21T09:15:02.1Z",
      "2026-11-21T09:15:02.12Z",
      "2026-11-21T09:15:02.120000001Z",
      "2026-11-21T09:15:02.120000002Z",
      "2026-11-21T09:15:03Z",
    ];
    expect([...sorted].reverse().sort(compareTimes)).toEqual(sorted);
    expect(compareTimes("2026-11-21T09:15:02.5Z", "2026-11-21T09:15:02.5Z")).toBe(0);
  });
});
