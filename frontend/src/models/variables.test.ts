import { describe, expect, it } from "vitest";
import { variablesOf, withValues } from "./variables";

describe("variables in queries", () => {
  it("become strings, or everything", () => {
    const query = "app:in(${app}) level:=${level} | stats by (host) count() n";
    expect(withValues(query, { app: ["shop", "cart"], level: ["ERROR"] })).toBe(
      'app:in("shop", "cart") level:="ERROR" | stats by (host) count() n',
    );
    expect(withValues("app:in(${app})", { app: [] })).toBe("app:in(*)");
  });

  it("cannot end their string", () => {
    const evil = "x\") | delete a # ` ' \\";
    expect(withValues("app:in(${a})", { a: [evil] })).toBe(`app:in(${JSON.stringify(evil)})`);
    expect(withValues('"user ${a} left"', { a: [evil] })).toBe(`"user ${JSON.stringify(evil).slice(1, -1)} left"`);
    expect(withValues("'user ${a}'", { a: ["it's"] })).toBe("'user it\\'s'");
    expect(withValues("`user ${a}`", { a: ["a`b"] })).toBe("`user ab`");
  });

  it("stay where no such variable is known", () => {
    expect(withValues("a:=${b} ${constructor}", {})).toBe("a:=${b} ${constructor}");
    expect(variablesOf("a:=${b} or c:=${b} ${d}")).toEqual(["b", "d"]);
  });
});
