import { describe, expect, it } from "vitest";
import { lastMark, markGroups } from "./marks";

const at = (ms: number) => new Date(ms).toISOString();
const mark = (id: number, ms: number) => ({ id, text: `deploy ${id}`, time: at(ms) });

describe("markGroups", () => {
  it("places the marks of a range and leaves out others", () => {
    const groups = markGroups([mark(1, 500), mark(2, 1_250), mark(3, 9_000)], 1_000, 2_000, 0.01);
    expect(groups).toEqual([{ place: 0.25, marks: [mark(2, 1_250)] }]);
  });

  it("joins marks that are too close to tell apart", () => {
    const groups = markGroups([mark(2, 1_505), mark(1, 1_500), mark(3, 1_800)], 1_000, 2_000, 0.01);
    expect(groups.map(({ marks }) => marks.map(({ id }) => id))).toEqual([[1, 2], [3]]);
  });

  it("has none for an empty range", () => {
    expect(markGroups([mark(1, 0)], 0, 0, 0.01)).toEqual([]);
  });
});

describe("lastMark", () => {
  it("ignores announced marks", () => {
    expect(lastMark([mark(1, 100), mark(2, 300), mark(3, 200)], 250)?.id).toBe(3);
    expect(lastMark([mark(2, 300)], 250)).toBeUndefined();
  });
});
