import { describe, expect, it } from "vitest";
import { gapText, isShared, timelineOf } from "./timeline";

const T = "2026-11-21T09:00:0";

describe("timelineOf", () => {
  it("orders records to the nanosecond, in lanes of app and host, and measures the gaps", () => {
    const line = timelineOf([
      { _time: `${T}2Z`, _msg: "answer", app: "web", host: "a" },
      { _time: `${T}0.0000005Z`, _msg: "ask", app: "db", host: "b" },
      { _time: `${T}0Z`, _msg: "begin", app: "web", host: "a" },
      { _time: "never", _msg: "without a time" },
    ]);
    expect(line.items.map(({ row }) => row._msg)).toEqual(["begin", "ask", "answer"]);
    expect(line.lanes.map(({ name, records, start, end }) => [name, records, start, end])).toEqual([
      ["web · a", 2, 0, 2000],
      ["db · b", 1, 0.0005, 0.0005],
    ]);
    expect(line.items.map(({ lane }) => lane)).toEqual([0, 1, 0]);
    expect(line.items.map(({ gap }) => gapText(gap))).toEqual(["0", "1µs", "2.00s"]);
    expect(line.items.filter(({ gap }) => gap >= line.longGap)).toHaveLength(1);
    expect(line.span).toBe(2000);
  });

  it("has no long gap where nothing takes time", () => {
    const line = timelineOf([{ _time: `${T}0Z` }, { _time: `${T}0Z` }]);
    expect(line.items.filter(({ gap }) => gap >= line.longGap)).toEqual([]);
    expect(timelineOf([])).toEqual({ lanes: [], items: [], span: 0, longGap: 1e-6 });
  });
});

describe("gapText", () => {
  it.each([
    [0.0004, "1µs"],
    [0.34, "340µs"],
    [12.5, "12.5ms"],
    [340.4, "340ms"],
    [1200, "1.20s"],
    [185_000, "3m 5s"],
    [7_260_000, "2h 1m"],
  ])("writes %d ms", (ms, text) => expect(gapText(ms)).toBe(text));
});

describe("isShared", () => {
  it.each([
    "trace_id",
    "traceId",
    "request.id",
    "order",
    "thread",
    "thread_name",
    "X-Request-ID",
    "spark.job",
    "order_no",
  ])("takes %s for an id", (name) => expect(isShared(name, "7")).toBe(true));

  it.each(["level", "host", "status", "method", "valid", "border"])("does not take %s for one", (name) =>
    expect(isShared(name, "7")).toBe(false),
  );

  it("knows an id by its look", () => {
    expect(isShared("key", "3fa85f64-5717-4562-b3fc-2c963f66afa6")).toBe(true);
    expect(isShared("what", "4bf92f3577b34da6a3ce929d0e0e4736")).toBe(true);
    expect(isShared("_stream_id", "4bf92f3577b34da6a3ce929d0e0e4736")).toBe(false);
    expect(isShared("trace_id", "")).toBe(false);
  });
});
