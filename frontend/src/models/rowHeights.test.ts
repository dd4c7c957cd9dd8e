import { describe, expect, it } from "vitest";
import { RowHeights } from "./rowHeights";

describe("RowHeights", () => {
  it("takes rows for lines until they are measured", () => {
    const heights = new RowHeights(20);
    expect(heights.offsetOf(999_999)).toBe(19_999_980);
    expect(heights.indexAt(19_999_980, 1_000_000)).toBe(999_999);
    expect(heights.indexAt(0, 0)).toBe(0);
  });

  it("finds positions as adding up all heights does", () => {
    const heights = new RowHeights(20);
    const plain = Array.from({ length: 300 }, () => 20);
    for (let step = 0; step < 500; step++) {
      const index = (step * 7919) % plain.length;
      const height = 20 + ((step * 31) % 90);
      expect(heights.set(index, height)).toBe(height - (plain[index] ?? 0));
      plain[index] = height;
    }
    let offset = 0;
    plain.forEach((height, index) => {
      expect(heights.offsetOf(index)).toBe(offset);
      expect(heights.indexAt(offset, plain.length)).toBe(index);
      expect(heights.indexAt(offset + height - 1, plain.length)).toBe(index);
      offset += height;
    });
    expect(heights.indexAt(offset + 1_000, plain.length)).toBe(299);
  });
});
