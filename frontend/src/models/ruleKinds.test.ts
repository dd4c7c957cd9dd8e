import { describe, expect, it } from "vitest";
import type { RuleDraft } from "../api/types";
import { parseExpected, printExpected, problemsOf } from "./ruleCheck";
import { bodyOf, conditionOf, NEW_RULE, withKind } from "./rules";

const rule: RuleDraft = { ...NEW_RULE, name: "Errors" };

describe("kinds of rules", () => {
  it("keep an edited query and replace one that was not edited", () => {
    expect(withKind(rule, "absence").query).toBe("* | stats by (host) count() value");
    const edited = { ...rule, query: "app:=shop | stats count() value" };
    expect(withKind(edited, "absence").query).toBe(edited.query);
  });

  it("are sent without the properties of other kinds", () => {
    const absence = bodyOf(withKind({ ...rule, warnThreshold: 5 }, "absence"));
    expect(absence).not.toHaveProperty("threshold");
    expect(absence).not.toHaveProperty("warnThreshold");
    expect(absence).not.toHaveProperty("comparison");
    const ratio = bodyOf(withKind(rule, "ratio"));
    expect(ratio).toMatchObject({ kind: "ratio", threshold: 0.05, totalQuery: "* | stats by (app) count() value" });
    expect(bodyOf({ ...withKind(rule, "new-template"), level: "", sinceMark: "last" })).toEqual({
      ...rule,
      kind: "new-template",
      query: "*",
      window: "10m",
      sinceMark: "last",
      comparison: undefined,
      threshold: undefined,
    });
  });

  it("read as sentences", () => {
    expect(conditionOf({ ...rule, warnThreshold: 5, recoverThreshold: 3 })).toBe(
      "value > 10 over 1m, warns at 5, recovers at 3, every 5s",
    );
    expect(conditionOf(withKind(rule, "absence"))).toBe("a known group sends nothing for 10m, every 5s");
    expect(conditionOf(withKind(rule, "change"))).toBe(
      "value is 3 deviations above the median of the windows before, over 5m, every 5s",
    );
    expect(
      conditionOf({ ...withKind(rule, "change"), baseline: { method: "yesterday", factor: 2 }, threshold: 9 }),
    ).toBe("value > 2 × the same window yesterday, and > 9, over 5m, every 5s");
    expect(conditionOf({ ...withKind(rule, "new-template"), sinceMark: "last" })).toBe(
      "a message is new, at ERROR or above, since the last mark; fires for 10m",
    );
    expect(conditionOf(withKind(rule, "ratio"))).toBe("ratio > 0.05 over 5m, with at least 100 records, every 5s");
  });

  it("have problems of their own", () => {
    expect(problemsOf(withKind(rule, "absence"))).toEqual({});
    expect(problemsOf({ ...withKind(rule, "new-template"), query: "* | stats count() value" })).toEqual({
      query: "Remove “| stats”: only a filter can select new messages.",
    });
    expect(problemsOf({ ...withKind(rule, "ratio"), totalQuery: "*" })).toHaveProperty("totalQuery");
    expect(problemsOf({ ...rule, keepFiring: "soon" })).toHaveProperty("keepFiring");
  });

  it("have warning and recovery on the calmer side", () => {
    expect(problemsOf({ ...rule, warnThreshold: 20 })).toEqual({ warnThreshold: "Must be below the threshold." });
    expect(problemsOf({ ...rule, warnThreshold: 5, recoverThreshold: 7 })).toEqual({
      recoverThreshold: "Must be below the warning threshold.",
    });
    expect(problemsOf({ ...rule, comparison: "<", recoverThreshold: 5 })).toEqual({
      recoverThreshold: "Must be above the threshold.",
    });
  });
});

describe("expected groups", () => {
  it("are one a line", () => {
    const text = 'host=web-1\n\nhost=web-2 app="the shop"';
    const { groups, wrong } = parseExpected(text);
    expect(groups).toEqual([{ host: "web-1" }, { host: "web-2", app: "the shop" }]);
    expect(wrong).toBeUndefined();
    expect(printExpected(groups)).toBe('host=web-1\nhost=web-2 app="the shop"');
  });

  it("name the line that is no group", () => {
    expect(parseExpected("host=a\nweb-1").wrong).toBe("web-1");
    expect(parseExpected("host=a b").wrong).toBe("host=a b");
  });
});
