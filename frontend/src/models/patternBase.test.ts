import { describe, expect, it } from "vitest";
import { baseChoices, explainChoices, formatRatio, rangeOf } from "./patternBase";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const start = Date.UTC(2026, 10, 21, 9);

describe("explainChoices", () => {
  it("offers the rest of the range around it first", () => {
    const range = { start, end: start + HOUR };
    const around = { start: start - 2 * HOUR, end: start + 4 * HOUR };
    const choices = explainChoices(range, around, []);
    expect(choices[0]).toEqual({ id: "around", label: "the rest of the 6h around it", range, base: around });
    expect(choices.slice(1)).toEqual(baseChoices(range, []));
    expect(explainChoices(range, undefined, [])).toEqual(baseChoices(range, []));
  });
});

describe("baseChoices", () => {
  it("offers earlier ranges of the same length", () => {
    const range = { start, end: start + HOUR };
    expect(baseChoices(range, []).map(({ id, base }) => [id, base])).toEqual([
      ["before", { start: start - HOUR, end: start }],
      ["yesterday", { start: start - DAY, end: start - DAY + HOUR }],
      ["week", { start: start - 7 * DAY, end: start - 7 * DAY + HOUR }],
    ]);
  });

  it("does not compare a range with itself", () => {
    expect(baseChoices({ start, end: start + 3 * DAY }, []).map(({ id }) => id)).toEqual(["before", "week"]);
    expect(baseChoices({ start, end: start + 30 * DAY }, []).map(({ id }) => id)).toEqual(["before"]);
  });

  it("divides the range at each mark inside it", () => {
    const marks = [
      { id: 1, text: "deploy 1", time: new Date(start + 0.25 * HOUR).toISOString() },
      { id: 2, text: "too early", time: new Date(start - HOUR).toISOString() },
    ];
    const last = baseChoices({ start, end: start + HOUR }, marks).slice(3);
    expect(last).toMatchObject([
      {
        id: "mark:1",
        range: { start: start + 0.25 * HOUR, end: start + HOUR },
        base: { start, end: start + 0.25 * HOUR },
      },
    ]);
  });
});

it("an open range has nothing to compare with", () => {
  expect(rangeOf({})).toBeUndefined();
  expect(rangeOf({ start: 1, end: 2 })).toEqual({ start: 1, end: 2 });
});

it("a ratio reads as a factor in its direction", () => {
  expect([3.24, 1 / 4, 250, 2].map(formatRatio)).toEqual(["×3.2", "÷4", "×250", "×2"]);
});
