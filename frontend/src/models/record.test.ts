import { describe, expect, it } from "vitest";
import { around, isSameRecord } from "./context";
import { levelClass, shownLevel } from "./levels";
import { firstLine, levelText, orderedFields, rowTime, sourceOf, toJson } from "./record";
import { newestFirst } from "./rowOrder";

describe("a record's line", () => {
  it("shows the first line and counts the rest", () => {
    expect(firstLine("one")).toEqual({ text: "one", more: 0 });
    expect(firstLine("one\n\tat x\n\tat y\n")).toEqual({ text: "one", more: 2 });
  });

  it("names the sender and shortens a strange level, whose colour is that of none", () => {
    expect(sourceOf({ host: "h", app: "a" })).toBe("a");
    expect(sourceOf({ host: "h" })).toBe("h");
    expect(levelText("critical")).toBe("CRITI");
    expect(levelText(undefined)).toBe("");
    expect(shownLevel("critical")).toBe("NONE");
    expect(levelClass("WARN")).toBe("level level-warn");
  });

  it("shows a time it cannot read as it is", () => expect(rowTime({ _time: "soon" }, false)).toBe("soon"));
});

describe("a record's detail", () => {
  const row = { _stream_id: "7", _msg: "m", b: "2", a: "1", empty: "", _time: "2026-11-21T09:00:00Z" };

  it("lists the sender's fields by name, then the server's, and no empty ones", () => {
    expect(orderedFields(row).map(([name]) => name)).toEqual(["a", "b", "_time", "_stream_id"]);
  });

  it("copies as JSON with time and message first", () => {
    expect(toJson(row)).toMatch(/^\{"_time":"2026-11-21T09:00:00Z","_msg":"m",/);
  });
});

describe("newestFirst", () => {
  const rows = [{ _time: "2026-11-21T09:00:01Z" }, { _time: "2026-11-21T09:00:03Z" }, { _time: "2026-11-21T09:00:02Z" }];

  it("orders records", () => expect(newestFirst(rows, "*").map((row) => row._time?.slice(17, 19))).toEqual(["03", "02", "01"]));

  it("leaves an order that the query asked for, and results that are no records", () => {
    expect(newestFirst(rows, "* | sort by (_time)")).toBe(rows);
    expect(newestFirst(rows, "* | stats by (_time:1m) count()")).toBe(rows);
    const other = [{ a: "1" }, { a: "2" }];
    expect(newestFirst(other, "* | fields a")).toBe(other);
  });
});

describe("around", () => {
  const at = (second: number, _msg = "x") => ({ _time: `2026-11-21T09:00:0${second}Z`, _msg });

  it("cuts the neighbours out of what was found, once each and oldest first", () => {
    const found = [at(5), at(4), at(3), at(3), at(2), at(1), at(6)];
    expect(around(found, at(3), 2).map(({ _time }) => _time?.slice(18, 19))).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("keeps the record itself even where it was not found again", () => {
    const own = at(3, "own");
    const lines = around([at(2), at(4)], own, 1);
    expect(lines).toEqual([at(2), own, at(4)]);
    expect(lines.filter((line) => isSameRecord(line, own))).toHaveLength(1);
  });
});
