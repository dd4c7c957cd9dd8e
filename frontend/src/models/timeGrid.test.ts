import { describe, expect, it } from "vitest";
import { gridOf, stepOf } from "./timeGrid";

describe("gridOf", () => {
  it("covers both ends", () => {
    expect(gridOf(1_500, 4_200, 1_000)).toEqual([1_000, 2_000, 3_000, 4_000]);
  });

  it("is aligned to a time that lies on a step", () => {
    expect(gridOf(1_500, 3_700, 1_000, 250)).toEqual([1_250, 2_250, 3_250]);
  });

  it("is empty without a step or a range, and bounded in length", () => {
    expect(gridOf(0, 10, 0)).toEqual([]);
    expect(gridOf(10, 0, 1)).toEqual([]);
    expect(gridOf(0, Number.POSITIVE_INFINITY, 1)).toEqual([]);
    expect(gridOf(0, 1e9, 1)).toHaveLength(4_000);
  });
});

describe("stepOf", () => {
  it("is the least distance", () => {
    expect(stepOf([0, 60, 80, 80, 200])).toBe(20);
    expect(stepOf([7])).toBeUndefined();
  });
});
