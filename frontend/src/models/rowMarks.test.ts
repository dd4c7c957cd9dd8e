import { describe, expect, it, vi } from "vitest";
import { decodeRules, encodeRule, readExpression, rowMarker, storedRules, storeRules, type MarkRule } from "./rowMarks";

const rule = (text: string, colour = 0): MarkRule => ({ text, colour, signal: "" });
const matches = (text: string, row: Record<string, string>) => rowMarker([rule(text)]).ruleOf(row) !== undefined;

describe("rules for rows", () => {
  it("test a word in any case, but not a part of one", () => {
    expect(matches("timeout", { _msg: "Timeout after 5 s" })).toBe(true);
    expect(matches("time", { _msg: "Timeout" })).toBe(false);
    expect(matches('"a=b"', { _msg: "x a=b y" })).toBe(true);
  });

  it("test an expression on the message, and a field's value", () => {
    expect(matches("/5\\d\\d/", { _msg: "status 503" })).toBe(true);
    expect(matches("/FAIL/", { _msg: "fail" })).toBe(false);
    expect(matches("/FAIL/i", { _msg: "fail" })).toBe(true);
    expect(matches("level=error", { level: "ERROR" })).toBe(true);
    expect(matches("app=/^pay/", { app: "payments" })).toBe(true);
    expect(matches("app=pay", { app: "payments" })).toBe(false);
    expect(matches("path=/", { path: "/" })).toBe(true);
  });

  it.each([["/(/"], ["/a"], ["/a/g"], ["//"], ["/(a+)+/"], ["app="], [" "]])("explain why %s does nothing", (text) => {
    expect(readExpression(text)).toHaveProperty("problem");
    expect(matches(text, { _msg: "a" })).toBe(false);
  });

  it("let the first one that matches decide", () => {
    const marker = rowMarker([rule("/(/"), rule("disk", 2), rule("full", 3)]);
    expect(marker.ruleOf({ _msg: "disk full" })?.colour).toBe(2);
    expect(marker.ruleOf({ _msg: "full" })?.colour).toBe(3);
    expect(marker.ruleOf({})).toBeUndefined();
  });

  it("survive the address and the browser's store", () => {
    const rules: MarkRule[] = [
      { text: "a:b=c", colour: 5, signal: "sound" },
      { text: "/x/i", colour: 0, signal: "" },
    ];
    expect(decodeRules(rules.map(encodeRule))).toEqual(rules);
    expect(decodeRules(["9:x", "x", "1q:x"])).toEqual([]);
    const store = new Map<string, string>();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, value: string) => store.set(key, value),
    });
    storeRules(rules);
    expect(storedRules()).toEqual(rules);
    localStorage.setItem("logcaster.rowMarks", "{");
    expect(storedRules()).toEqual([]);
    vi.unstubAllGlobals();
  });
});
