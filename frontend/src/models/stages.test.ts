import { describe, expect, it } from "vitest";
import { stageAt, stagesOf, withoutStage } from "./stages";

const QUERY = 'error | extract "a|b <x>" | stats by (x) count() n | sort by (n desc) limit 3 | fields x';

describe("stagesOf", () => {
  it("are the filters and each pipe", () => {
    expect(stagesOf(QUERY)).toEqual([
      "error",
      'extract "a|b <x>"',
      "stats by (x) count() n",
      "sort by (n desc) limit 3",
      "fields x",
    ]);
    expect(stagesOf("")).toEqual(["*"]);
  });
});

describe("withoutStage", () => {
  it("leaves out a pipe, or the filters", () => {
    expect(withoutStage("a | fields b | limit 3", 1)).toBe("a | limit 3");
    expect(withoutStage("a | limit 3", 0)).toBe("* | limit 3");
  });
});

describe("stageAt", () => {
  it.each([
    [0, 0],
    [5, 0],
    [6, 1],
    [21, 1],
    [22, 2],
    [99, 2],
  ])("position %i is in stage %i", (at, stage) => expect(stageAt('error | filter a:="|" | limit 1', at)).toBe(stage));
});
