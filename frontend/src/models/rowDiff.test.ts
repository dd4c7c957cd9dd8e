import { describe, expect, it } from "vitest";
import type { Row } from "../api/types";
import { diffParts, diffRows } from "./rowDiff";

describe("diffRows", () => {
  it("puts what differs before what is the same, and leaves out what nobody has", () => {
    const rows: Row[] = [
      { _msg: "one", _time: "t1", app: "web", host: "a", empty: "" },
      { _msg: "two", _time: "t1", app: "web", user: "7" },
    ];
    expect(diffRows(rows)).toEqual([
      { name: "_msg", values: ["one", "two"], same: false },
      { name: "host", values: ["a", ""], same: false },
      { name: "user", values: ["", "7"], same: false },
      { name: "app", values: ["web", "web"], same: true },
      { name: "_time", values: ["t1", "t1"], same: true },
    ]);
  });
});

describe("diffParts", () => {
  it("marks the words that the other text does not have", () => {
    expect(diffParts("took 12 ms for a", "took 340 ms for a")).toEqual(["took ", "12", " ms for a"]);
    expect(diffParts("new word here", "word here")).toEqual(["", "new ", "word here"]);
    expect(diffParts("same", "same")).toEqual(["same"]);
    expect(diffParts("a", "")).toEqual(["", "a"]);
  });

  it("keeps every character, whatever the other text is", () => {
    const texts = ["", "a b c", "c b a", "x=1, y=2", "x=1; z=2 a", "왜 안 돼", "a  b"];
    for (const text of texts) for (const other of texts) expect(diffParts(text, other).join("")).toBe(text);
  });
});
