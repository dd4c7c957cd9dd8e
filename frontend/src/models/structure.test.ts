import { describe, expect, it } from "vitest";
import { entriesOf, jsonIn } from "./json";
import { isFoldable, traceOf } from "./trace";

const frames = (count: number) => Array.from({ length: count }, (_, index) => `\tat a.b.C.d(C.java:${index})`);

describe("traceOf", () => {
  it("tells frames from causes", () => {
    const message = ["java.lang.X: y", ...frames(7), "Caused by: z", ...frames(2), "\t... 12 more"].join("\n");
    expect(traceOf(message)?.map((part) => [part.kind, part.lines.length, isFoldable(part)])).toEqual([
      ["text", 1, false],
      ["frames", 7, true],
      ["text", 1, false],
      ["frames", 3, false],
    ]);
  });

  it("knows the calls of other languages", () => {
    const python = Array.from({ length: 4 }, (_, index) => `  File "/a/b.py", line ${index}, in c\n    d()`);
    expect(traceOf(["Traceback:", ...python, "ValueError: e"].join("\n"))?.map(({ kind }) => kind)).toEqual([
      "text",
      "frames",
      "text",
    ]);
  });

  it("leaves other messages alone", () => {
    expect(traceOf("one\ntwo\nthree")).toBeUndefined();
    expect(traceOf(["X", ...frames(3)].join("\n"))).toBeUndefined();
  });
});

describe("jsonIn", () => {
  it("finds an object or array, also after some words", () => {
    expect(jsonIn('{"a":{"b":[1,null]}}')).toEqual({ before: "", value: { a: { b: [1, null] } } });
    expect(jsonIn('request: {"a":1}')?.before).toBe("request: ");
    for (const text of ["", "{}", "[]", "a [b]", '{"a":1} b', '{"a":']) expect(jsonIn(text), text).toBeUndefined();
  });

  it("has entries for what can be folded", () => {
    expect(entriesOf(["a"])).toEqual([["0", "a"]]);
    expect(entriesOf(null)).toBeUndefined();
    expect(entriesOf("a")).toBeUndefined();
  });
});
