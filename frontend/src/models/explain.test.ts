import { describe, expect, it } from "vitest";
import type { ComparedSides } from "../api/compare";
import { findings, grouped, runsOf, sharesOf } from "./explain";

const SIDES: ComparedSides = {
  inside: 100,
  outside: 100,
  fields: [
    { field: "region", value: "us", filter: "region:=us", inside: 60, outside: 0, ratio: 121, score: 90 },
    { field: "level", value: "INFO", filter: "level:=INFO", inside: 10, outside: 50, ratio: 0.2, score: 30 },
  ],
  templates: [
    {
      id: "t1",
      template: "pool <*> is empty",
      example: "pool 7 is empty",
      inside: 60,
      outside: 0,
      ratio: 121,
      score: 91,
    },
  ],
};

const one = { inside: [1, 2], outside: [0, 0] };
const other = { inside: [3, 4], outside: [5, 6] };
const third = { inside: [7, 8], outside: [9, 9] };

describe("findings", () => {
  it("are values, then templates, whose filter is made from their words", () => {
    expect(findings(SIDES).map(({ filter }) => filter)).toEqual([
      "region:=us",
      "level:=INFO",
      'seq("pool", "is empty")',
    ]);
  });
});

describe("grouped", () => {
  it("sorts all by their score while groups are not known", () => {
    expect(grouped(findings(SIDES)).map(({ first }) => first.key)).toEqual(["t1", "region\nus", "level\nINFO"]);
  });

  it("shows differences of the same records as one, led by the best, with its curve", () => {
    const groups = grouped(findings(SIDES), {
      records: other,
      curves: [one, other, third],
      groups: [[0, 2], [1]],
    });
    expect(groups.map(({ first, same }) => [first.key, same.map(({ key }) => key)])).toEqual([
      ["t1", ["region\nus"]],
      ["level\nINFO", []],
    ]);
    expect(groups.map(({ curve }) => curve)).toEqual([third, other]);
  });
});

describe("curves", () => {
  it("are shares of the records at each time, unknown without records", () => {
    expect(sharesOf([1, 0, 0], [4, 5, 0])).toEqual([0.25, 0, undefined]);
  });

  it("are drawn in runs of known points", () => {
    expect(runsOf([undefined, 1, 2, undefined, 3])).toEqual([
      [
        [1, 1],
        [2, 2],
      ],
      [[4, 3]],
    ]);
    expect(runsOf([])).toEqual([]);
  });
});
