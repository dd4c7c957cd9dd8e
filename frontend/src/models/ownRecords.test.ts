import { describe, expect, it } from "vitest";
import { OTHERS_ONLY, placeAsTyped, withoutOwn } from "./ownRecords";

describe("withoutOwn", () => {
  it("adds a filter before the pipes", () => {
    expect(withoutOwn("*")).toBe(OTHERS_ONLY);
    expect(withoutOwn("a or b | limit 3")).toBe(`(a or b) ${OTHERS_ONLY} | limit 3`);
  });
});

describe("placeAsTyped", () => {
  it("gives the place of a mistake in what was typed", () => {
    for (const query of ["error § x", "a or § x", "error | limt § 3", "a or b | limt § 3", "error\n  | limt § 3"]) {
      const before = withoutOwn(query).split("§")[0]?.split("\n") ?? [];
      const typed = placeAsTyped({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }, query);
      expect(query.split("\n")[typed.line - 1]?.charAt(typed.column - 1), query).toBe("§");
    }
  });
});
