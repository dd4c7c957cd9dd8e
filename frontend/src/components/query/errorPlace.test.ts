import { describe, expect, it } from "vitest";
import { errorPlace } from "./errorPlace";

describe("errorPlace", () => {
  it("covers the word at the column", () => {
    expect(errorPlace("foo | bogus x", { line: 1, column: 7 })).toEqual({ from: 6, to: 11 });
    expect(errorPlace("a )", { line: 1, column: 3 })).toEqual({ from: 2, to: 3 });
  });

  it("counts lines", () => expect(errorPlace("a\nbb cc", { line: 2, column: 4 })).toEqual({ from: 5, to: 7 }));

  it("points at the last character where the text ends too early", () => {
    expect(errorPlace("(foo", { line: 1, column: 5 })).toEqual({ from: 3, to: 4 });
    expect(errorPlace("(foo", { line: 1, column: 99 })).toEqual({ from: 3, to: 4 });
  });

  it("returns nothing for an error without a position, and stays within an empty text", () => {
    expect(errorPlace("x", {})).toBeUndefined();
    expect(errorPlace("", { line: 1, column: 1 })).toEqual({ from: 0, to: 0 });
  });
});
