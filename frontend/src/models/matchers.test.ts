import { describe, expect, it } from "vitest";
import { matcherProblem, matches, silenceMatchers, splitMatchers } from "./matchers";

describe("matchers", () => {
  it("are separated by commas and lines, but not within quotes", () => {
    expect(splitMatchers('app=web, host=~"db,1|db\\"2"\n\nseverity!=info')).toEqual([
      "app=web",
      'host=~"db,1|db\\"2"',
      "severity!=info",
    ]);
    expect(splitMatchers(" ,\n")).toEqual([]);
  });

  it("say what is wrong with them", () => {
    expect(matcherProblem("app=web")).toBeUndefined();
    expect(matcherProblem("app!~web.*")).toBeUndefined();
    expect(matcherProblem("web")).toContain("needs one of");
    expect(matcherProblem("=web")).toContain("name of a label");
    expect(matcherProblem("app=~(")).toContain("invalid regular expression");
  });

  it("match whole values; a missing label is empty", () => {
    const labels = { app: "web-1" };
    expect(matches("app=web-1", labels)).toBe(true);
    expect(matches("app=~web", labels)).toBe(false);
    expect(matches('app=~"web.*"', labels)).toBe(true);
    expect(matches("app!~web.*", labels)).toBe(false);
    expect(matches("host=", labels)).toBe(true);
    expect(matches("host!=db", labels)).toBe(true);
  });

  it("of a silence are all of both kinds", () => {
    expect(silenceMatchers({ matchers: { rule: "r1" }, match: ["app=~w.*"] })).toEqual(["rule=r1", "app=~w.*"]);
  });
});
