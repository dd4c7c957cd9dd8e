import { describe, expect, it } from "vitest";
import { bottom, inOrder, nudge, place, tidy } from "./grid";

const item = (id: string, x: number, y: number, width: number, height: number) => ({ id, x, y, width, height });
const shown = (items: ReturnType<typeof item>[]) =>
  items.map(({ id, x, y, width, height }) => `${id} ${x},${y} ${width}x${height}`);

const TWO = [item("a", 0, 0, 6, 3), item("b", 6, 0, 6, 3), item("c", 0, 3, 12, 2)];

describe("the grid", () => {
  it("lets panels rise and separates those that overlap", () => {
    expect(shown(tidy([item("a", 0, 5, 6, 2), item("b", 3, 6, 6, 2), item("c", 9, 9, 9, 1)]))).toEqual([
      "a 0,0 6x2",
      "b 3,2 6x2",
      "c 3,4 9x1",
    ]);
  });

  it("moves the others out of the way", () => {
    expect(shown(place(TWO, "b", { x: 3 }))).toEqual(["b 3,0 6x3", "a 0,3 6x3", "c 0,6 12x2"]);
    expect(shown(place(TWO, "a", { width: 12, height: 4 }))).toEqual(["a 0,0 12x4", "b 6,4 6x3", "c 0,7 12x2"]);
  });

  it("keeps a panel inside, whatever is asked", () => {
    expect(shown(place(TWO, "c", { x: 40, y: -3, width: 99, height: 0 }))[0]).toBe("c 0,0 12x1");
    expect(place(TWO, "unknown", { x: 1 })).toEqual(TWO);
  });

  it("goes past a neighbour with one key", () => {
    const down = nudge(TWO, "a", 0, 1);
    expect(shown(down)).toEqual(["b 6,0 6x3", "c 0,3 12x2", "a 0,5 6x3"]);
    expect(shown(nudge(down, "a", 0, -1))).not.toEqual(shown(down));
    expect(nudge(TWO, "a", -1, 0)).toEqual(TWO);
  });

  it("knows the reading order and the end", () => {
    expect(inOrder([item("z", 6, 0, 1, 1), item("y", 0, 0, 1, 4)]).map(({ id }) => id)).toEqual(["y", "z"]);
    expect(bottom(TWO)).toBe(5);
    expect(bottom([])).toBe(0);
  });
});
