import { describe, expect, it } from "vitest";
import { contextId, placeOf } from "./context";
import { levelClass, shownLevel } from "./levels";
import { clip, firstLine, levelText, orderedFields, queryFor, rowTime, sourceOf, toJson } from "./record";
import { newestFirst } from "./rowOrder";

describe("a record's line", () => {
  it("shows the first line and counts the rest", () => {
    expect(firstLine("one")).toEqual({ text: "one", more: 0 });
    expect(firstLine("one\n\tat x\n\tat y\n")).toEqual({ text: "one", more: 2 });
  });

  it("names the sender and shortens an unknown level, which has the colour of no level", () => {
    expect(sourceOf({ host: "h", app: "a" })).toBe("a");
    expect(sourceOf({ host: "h" })).toBe("h");
    expect(levelText("critical")).toBe("CRITI");
    expect(levelText(undefined)).toBe("");
    expect(shownLevel("critical")).toBe("NONE");
    expect(levelClass("WARN")).toBe("level level-warn");
  });

  it("shows an unparsable time as it is", () => expect(rowTime({ _time: "soon" }, false)).toBe("soon"));
});

describe("a record's detail", () => {
  const row = { _stream_id: "7", _msg: "m", b: "2", a: "1", empty: "", _time: "2026-11-21T09:00:00Z" };

  it("lists the sender's fields by name, then the server's, without empty ones", () => {
    expect(orderedFields(row).map(([name]) => name)).toEqual(["a", "b", "_time", "_stream_id"]);
  });

  it("copies as JSON with time and message first", () => {
    expect(toJson(row)).toMatch(/^\{"_time":"2026-11-21T09:00:00Z","_msg":"m",/);
  });
});

describe("newestFirst", () => {
  const rows = [
    { _time: "2026-11-21T09:00:01Z" },
    { _time: "2026-11-21T09:00:03Z" },
    { _time: "2026-11-21T09:00:02Z" },
  ];

  it("orders records", () =>
    expect(newestFirst(rows, "*").map((row) => row._time?.slice(17, 19))).toEqual(["03", "02", "01"]));

  it("keeps the order of queries that sort, and of computed results", () => {
    expect(newestFirst(rows, "* | sort by (_time)")).toBe(rows);
    expect(newestFirst(rows, "* | stats by (_time:1m) count()")).toBe(rows);
    const other = [{ a: "1" }, { a: "2" }];
    expect(newestFirst(other, "* | fields a")).toBe(other);
  });
});

describe("a text too long to show", () => {
  it("is truncated, never inside a character", () => {
    expect(clip("abc", 3)).toEqual({ text: "abc", left: 0 });
    expect(clip("abcdef", 4)).toEqual({ text: "abcd", left: 2 });
    expect(clip("ab🙂c", 3)).toEqual({ text: "ab", left: 3 });
  });
});

describe("finding a record again", () => {
  const row = { _time: "2026-11-21T09:00:00.123456789Z", _stream: '{app="x"}', _stream_id: "07" };

  it("uses its stream and its exact time", () => {
    expect(queryFor(row)).toBe('{app="x"} _time:2026-11-21T09:00:00.123456789Z');
    expect(queryFor({ _msg: "counted" })).toBeUndefined();
  });

  it("has a context id of stream and time, unless it has no stream", () => {
    expect(contextId(row)).toBe("07@2026-11-21T09:00:00.123456789Z");
    expect(contextId({ ...row, _stream: "{}" })).toBeUndefined();
  });

  it("distinguishes it from others of the same time", () => {
    const [a, b] = [
      { ...row, _msg: "a" },
      { ...row, _msg: "b" },
    ];
    expect(placeOf({ _msg: "b", ...row }, [a, b])).toBe(1);
    expect(placeOf({ _msg: "gone" }, [a, b])).toBe(0);
  });
});
