import { describe, expect, it } from "vitest";
import { capsuleFile, readCapsule } from "./capsule";

const DATA = {
  format: 1,
  title: "Down </script><img src=x onerror=alert(1)>",
  notes: "",
  query: "app:=shop",
  start: "2026-03-01T09:00:00Z",
  end: "2026-03-01T10:00:00.123456789Z",
  made: "2026-03-01T10:05:00Z",
  redacted: { email: 2 },
  step: "1m",
  stepMillis: 60_000,
  histogram: [{ time: "2026-03-01T09:10:00Z", records: 4 }],
  patterns: [{ template: "order <N>", records: 4, example: "order 1" }],
  alerts: [],
  records: [{ _msg: "order 1", __proto__x: "a" }],
  cut: false,
};

function file(data: unknown): string {
  const json = (typeof data === "string" ? data : JSON.stringify(data)).replaceAll("<", String.raw`\u003c`);
  return `<!doctype html><p>x</p><script type="application/json" id="logcaster-capsule">${json}</script></html>`;
}

describe("reading a capsule", () => {
  it("takes its data as text", () => {
    const capsule = readCapsule(file(DATA));
    expect(capsule.title).toBe(DATA.title);
    expect(capsule.end).toBe(Date.parse("2026-03-01T10:00:00.123Z"));
    expect(capsule.redacted).toEqual([["email", 2]]);
    expect(capsule.records).toEqual(DATA.records);
  });

  it("keeps a field with a name of JavaScript's own as a field", () => {
    const text = JSON.stringify({ ...DATA, records: "HERE" }).replace('"HERE"', '[{"__proto__":"a","toString":"b"}]');
    const [row] = readCapsule(file(text)).records;
    expect(Object.entries(row ?? {})).toEqual([
      ["__proto__", "a"],
      ["toString", "b"],
    ]);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  it.each([
    ["a page without data", "<html>hello</html>", /no capsule/],
    ["data without an end", '<script type="application/json" id="logcaster-capsule">{', /no capsule/],
    ["cut data", file('{"format":1,'), /damaged/],
    ["another format", file({ ...DATA, format: 2 }), /format/],
    ["no object", file("[]"), /not what LogCaster writes/],
    ["null", file("null"), /not what LogCaster writes/],
    ["a title that is no text", file({ ...DATA, title: { toString: "x" } }), /not what LogCaster writes/],
    ["a time that is none", file({ ...DATA, start: "javascript:alert(1)" }), /not what LogCaster writes/],
    ["records that are no list", file({ ...DATA, records: { length: 1 } }), /not what LogCaster writes/],
    ["a value that is no text", file({ ...DATA, records: [{ _msg: { $$typeof: "x" } }] }), /not what LogCaster writes/],
    ["a count that is none", file({ ...DATA, patterns: [{ template: "a", records: "4" }] }), /not what LogCaster/],
    ["too many records", file({ ...DATA, records: Array.from({ length: 10_001 }, () => ({})) }), /not what LogCaster/],
    ["a huge value", file({ ...DATA, notes: "y".repeat(25_001) }), /not what LogCaster writes/],
    ["deeply nested data", file(`${"[".repeat(200_000)}`), /damaged|not what LogCaster writes/],
  ])("refuses %s", (_, html, why) => {
    expect(() => readCapsule(html)).toThrow(why);
  });

  it("names its file after what happened", () => {
    expect(capsuleFile("Shop is ../down!")).toBe("shop-is-down.html");
    expect(capsuleFile("")).toBe("capsule.html");
  });
});
