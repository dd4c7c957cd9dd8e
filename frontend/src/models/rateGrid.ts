import type { HitsSeries, Row } from "../api/types";
import { timeOf } from "./format";
import { shownLevel, STACK_ORDER, type ShownLevel } from "./levels";

/** The width of a cell: 120 of them cover 10 minutes. */
export const CELL_MS = 5_000;
export const CELLS = 120;

/** The rows of the map, the most severe first. */
export const MAP_LEVELS: readonly ShownLevel[] = STACK_ORDER;

/** Records by level and time over the last minutes: as counted by the server, and by the rows that have come since. */
export class RateGrid {
  /** By the number of the cell since the epoch; then by level. */
  private cells = new Map<number, Uint32Array>();
  /** Cells that start before are as the server counted them, in milliseconds. */
  private seededTo = 0;

  /** Counts rows that have come; `now` is for those without a time. */
  add(rows: readonly Row[], now: number): void {
    const oldest = cellOf(now) - CELLS;
    for (const row of rows) {
      const time = timeOf(row._time);
      const cell = cellOf(Number.isNaN(time) ? now : time);
      if (cell <= oldest || cell > cellOf(now) + 1) continue;
      this.bump(cell, shownLevel(row.level), 1);
    }
    if (this.cells.size > CELLS * 2) this.forget(oldest);
  }

  /** Takes the server's counts for all cells that ended before `to`, and for the last one if they are higher. */
  seed(series: readonly HitsSeries[], from: number, to: number): void {
    const end = Math.floor(to / CELL_MS);
    for (const cell of [...this.cells.keys()]) if (cell < end) this.cells.delete(cell);
    for (const { fields, timestamps, values } of series)
      timestamps.forEach((timestamp, index) => {
        const cell = cellOf(timeOf(timestamp));
        const count = values[index] ?? 0;
        if (cell >= cellOf(from) && cell < end) this.bump(cell, shownLevel(fields.level), count);
        else if (cell === end) this.raise(cell, shownLevel(fields.level), count);
      });
    this.seededTo = end * CELL_MS;
  }

  get seeded(): number {
    return this.seededTo;
  }

  clear(): void {
    this.cells.clear();
    this.seededTo = 0;
  }

  /** The records of a level in the cell `index` of the window that ends now; 0 is the oldest. */
  at(index: number, level: number, now: number): number {
    return this.cells.get(cellOf(now) - CELLS + 1 + index)?.[level] ?? 0;
  }

  /** The most records of one level in one cell of the window. */
  most(now: number): number {
    const oldest = cellOf(now) - CELLS;
    let most = 0;
    for (const [cell, counts] of this.cells)
      if (cell > oldest) for (const count of counts) most = Math.max(most, count);
    return most;
  }

  private bump(cell: number, level: ShownLevel, by: number): void {
    let counts = this.cells.get(cell);
    if (!counts) this.cells.set(cell, (counts = new Uint32Array(MAP_LEVELS.length)));
    const at = MAP_LEVELS.indexOf(level);
    counts[at] = (counts[at] ?? 0) + by;
  }

  /** What came before the tail was opened is only in the server's count, and what came since perhaps only in the own one. */
  private raise(cell: number, level: ShownLevel, count: number): void {
    const own = this.cells.get(cell)?.[MAP_LEVELS.indexOf(level)] ?? 0;
    if (count > own) this.bump(cell, level, count - own);
  }

  private forget(oldest: number): void {
    for (const cell of [...this.cells.keys()]) if (cell <= oldest) this.cells.delete(cell);
  }
}

function cellOf(time: number): number {
  return Math.floor(time / CELL_MS);
}

/** The range of a cell in milliseconds. */
export function cellRange(index: number, now: number): { start: number; end: number } {
  const start = (cellOf(now) - CELLS + 1 + index) * CELL_MS;
  return { start, end: start + CELL_MS };
}

/** How strongly a cell is painted, from 0 to 1: by the logarithm, so that one error is seen beside thousands of others. */
export function strength(count: number, most: number): number {
  if (count <= 0) return 0;
  return 0.25 + (0.75 * Math.log1p(count)) / Math.log1p(Math.max(1, most));
}
