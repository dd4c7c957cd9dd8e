import { describe, expect, it } from "vitest";
import { CELL_MS, CELLS, cellRange, MAP_LEVELS, RateGrid, strength } from "./rateGrid";

const NOW = Date.parse("2026-11-21T09:00:02Z");
const ERROR = MAP_LEVELS.indexOf("ERROR");
const row = (age: number, level = "ERROR") => ({ _time: new Date(NOW - age).toISOString(), level });

describe("RateGrid", () => {
  it("counts rows by level and time, and leaves out what is older than the window", () => {
    const grid = new RateGrid();
    grid.add([row(0), row(1_000), row(CELL_MS), row(CELL_MS * (CELLS + 2)), row(-3_600_000), { level: "ERROR" }], NOW);
    expect(grid.at(CELLS - 1, ERROR, NOW)).toBe(3);
    expect(grid.at(CELLS - 2, ERROR, NOW)).toBe(1);
    expect(grid.most(NOW)).toBe(3);
    expect(grid.at(CELLS - 2, ERROR, NOW + CELL_MS)).toBe(3);
  });

  it("takes the server's counts for cells that have ended, and keeps its own for the last", () => {
    const grid = new RateGrid();
    grid.add([row(0), row(CELL_MS), row(CELL_MS)], NOW);
    const { start } = cellRange(CELLS - 2, NOW);
    const series = [{ fields: { level: "ERROR" }, timestamps: [new Date(start).toISOString()], values: [7], total: 7 }];
    grid.seed(series, NOW - CELLS * CELL_MS, NOW);
    expect(grid.at(CELLS - 2, ERROR, NOW)).toBe(7);
    expect(grid.at(CELLS - 1, ERROR, NOW)).toBe(1);
    expect(grid.seeded).toBe(start + CELL_MS);
  });

  it("counts in the last cell what came before the tail was opened", () => {
    const grid = new RateGrid();
    grid.add([row(0)], NOW);
    const { start } = cellRange(CELLS - 1, NOW);
    const series = (count: number) => [
      { fields: { level: "ERROR" }, timestamps: [new Date(start).toISOString()], values: [count], total: count },
    ];
    grid.seed(series(3), NOW - CELLS * CELL_MS, NOW);
    expect(grid.at(CELLS - 1, ERROR, NOW)).toBe(3);
    grid.seed(series(2), NOW - CELLS * CELL_MS, NOW);
    expect(grid.at(CELLS - 1, ERROR, NOW)).toBe(3);
  });

  it("paints one record visibly beside thousands", () => {
    expect(strength(0, 5_000)).toBe(0);
    expect(strength(1, 5_000)).toBeGreaterThan(0.25);
    expect(strength(5_000, 5_000)).toBeCloseTo(1);
  });
});
