import { describe, expect, it } from "vitest";
import { costLines } from "./cost";

describe("costLines", () => {
  it("formats counts, bytes and times", () => {
    expect(costLines({ blocksRead: 1200, bytesRead: 2048, millis: 1.728 })).toEqual([
      { name: "blocks read", value: "1,200" },
      { name: "bytes read", value: "2 KB" },
      { name: "time", value: "1.7 ms" },
    ]);
  });

  it("flattens stages and other nested values", () => {
    expect(costLines({ stages: [{ name: "filter", millis: 12 }], cache: { hits: 3 } })).toEqual([
      { name: "filter: time", value: "12 ms" },
      { name: "cache: hits", value: "3" },
    ]);
  });
});
