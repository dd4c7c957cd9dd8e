import { describe, expect, it } from "vitest";
import { isolatedPoints } from "./chartOptions";

describe("isolatedPoints", () => {
  it("are those that no line reaches", () => {
    expect(isolatedPoints([1, null, 2, 3, null, undefined, 0])).toEqual([0, 6]);
    expect(isolatedPoints([null, 5, null])).toEqual([1]);
    expect(isolatedPoints([])).toEqual([]);
  });
});
