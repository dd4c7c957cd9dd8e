import type { Row } from "../api/types";
import { compareTimes } from "./format";
import { MOST_ROWS } from "./rowHeights";
import { stepFor } from "./timeRange";

/** Rows by their place in a result, of which only some may be loaded. */
export interface RowSource {
  count: number;
  at: (index: number) => Row | undefined;
  /** The loaded rows with their places, ascending. */
  loaded: () => readonly [number, Row][];
}

/** Rows that are all loaded. */
export function rowsSource(rows: readonly Row[]): RowSource {
  return {
    count: rows.length,
    at: (index) => rows[index],
    loaded: () => rows.map((row, index) => [index, row]),
  };
}

/** Asks the server about a part of a result. Both ends are milliseconds, the last one included. */
export interface CellLoader {
  count: (
    range: { start?: number; end: number },
    stepMs: number,
    signal: AbortSignal,
  ) => Promise<{ time: number; count: number }[]>;
  rows: (range: { start: number; end: number }, limit: number, offset: number, signal: AbortSignal) => Promise<Row[]>;
}

/** A part of the range, with the number of its rows. */
interface Cell {
  start: number;
  end: number;
  count: number;
  /** Rows of the same range that belong to cells before this one. */
  offset: number;
  rows?: Row[];
  /** When its rows were in sight last. */
  used: number;
}

/** Rows fetched at once: a few screens. */
const CELL_ROWS = 1_000;
/** A cell with more rows is divided first. */
const MOST_CELL_ROWS = 2_500;
/** Rows kept; those that were out of sight for longest are fetched again when they are needed. */
const MOST_LOADED = 40_000;
/** Parts into which a cell is divided at once. */
const MOST_PARTS = 400;
/** For a range without a beginning. */
const DAY_MS = 86_400_000;
/** More rows than were counted may have arrived since. */
const SLACK = 200;

/**
 * The rows of a result by their place, newest first. Counts over time tell where each row is, so that any part of a million
 * rows can be fetched without those before it.
 */
export class ResultCells {
  private readonly loader: CellLoader;
  private readonly range: { start?: number; end: number };
  /** The newest rows, which have been loaded already. */
  private readonly newest: readonly Row[];
  private cells: Cell[] = [];
  /** The place of the first row of each cell, and after them the number of all rows. */
  private firsts: number[] = [0];
  private readonly listeners = new Set<() => void>();
  private abort = new AbortController();
  private version = 0;
  private clock = 0;
  private wanted: [number, number] | undefined;
  private working = false;
  /** What failed last, until something succeeds. */
  error: unknown;

  constructor(loader: CellLoader, range: { start?: number; end: number }, newest: readonly Row[]) {
    this.loader = loader;
    this.range = range;
    this.newest = newest;
  }

  readonly subscribe = (notify: () => void): (() => void) => {
    this.listeners.add(notify);
    return () => this.listeners.delete(notify);
  };

  readonly state = (): number => this.version;

  /** The number of rows, as far as a list can show them. */
  get count(): number {
    return Math.min(MOST_ROWS, Math.max(this.newest.length, this.total));
  }

  /** The number of all rows; 0 until they are counted. */
  get total(): number {
    return this.firsts[this.firsts.length - 1] ?? 0;
  }

  /** Counts the rows. */
  async begin(): Promise<void> {
    this.abort.abort();
    const { signal } = (this.abort = new AbortController());
    this.working = false;
    const { start, end } = this.range;
    const step = start === undefined ? DAY_MS : stepFor(end - start, MOST_PARTS);
    try {
      const counts = await this.loader.count(this.range, step, signal);
      if (signal.aborted) return;
      this.cells = partsOf(counts, step, start ?? Number.NEGATIVE_INFINITY, end);
      this.changed();
    } catch (error) {
      if (!signal.aborted) this.failed(error);
    }
    await this.work();
  }

  close(): void {
    this.abort.abort();
    this.working = false;
  }

  at(index: number): Row | undefined {
    const cell = this.cells[this.cellAt(index)];
    const row = cell?.rows?.[index - (this.firsts[this.cellAt(index)] ?? 0)];
    return row ?? this.newest[index];
  }

  loaded(): readonly [number, Row][] {
    const found: [number, Row][] = [];
    for (let index = 0; index < this.newest.length; index++) {
      const row = this.at(index);
      if (row) found.push([index, row]);
    }
    this.cells.forEach(({ rows }, at) => {
      const first = this.firsts[at] ?? 0;
      rows?.forEach((row, index) => {
        if (first + index >= this.newest.length) found.push([first + index, row]);
      });
    });
    return found;
  }

  /** Fetches the rows from one place to another, unless others are wanted before they have arrived. */
  want(first: number, last: number): void {
    if (this.wanted?.[0] === first && this.wanted[1] === last) return;
    this.wanted = [first, last];
    void this.work();
  }

  /** Fetches the missing cells in sight, one after the other. */
  private async work(): Promise<void> {
    if (this.working) return;
    const { signal } = this.abort;
    this.working = true;
    try {
      for (let cell = this.missing(); cell && !signal.aborted; cell = this.missing()) await this.fetch(cell, signal);
      if (!signal.aborted) this.error = undefined;
    } catch (error) {
      if (!signal.aborted) this.failed(error);
    } finally {
      if (!signal.aborted) this.working = false;
    }
  }

  private missing(): Cell | undefined {
    if (!this.wanted) return undefined;
    const [first, last] = this.wanted;
    for (let at = this.cellAt(first); at < this.cells.length && (this.firsts[at] ?? 0) <= last; at++) {
      const cell = this.cells[at];
      if (!cell) continue;
      cell.used = ++this.clock;
      const known = (this.firsts[at + 1] ?? 0) <= this.newest.length;
      if (!cell.rows && !known) return cell;
    }
    return undefined;
  }

  private async fetch(cell: Cell, signal: AbortSignal): Promise<void> {
    const { start, end, count, offset } = cell;
    if (count > MOST_CELL_ROWS && (end > start || !Number.isFinite(start))) {
      const step = Math.min(
        stepFor(end - start + 1, Math.min(MOST_PARTS, Math.ceil(count / CELL_ROWS) * 2)),
        Math.ceil((end - start + 1) / 2),
      );
      const counts = await this.loader.count({ start, end }, step, signal);
      if (!signal.aborted) this.replace(cell, partsOf(counts, step, start, end));
      return;
    }
    if (count > MOST_CELL_ROWS) {
      // Too many for a millisecond, which cannot be divided by time.
      const parts = Array.from({ length: Math.ceil(count / CELL_ROWS) }, (_, part): Cell => {
        const before = part * CELL_ROWS;
        return { start, end, count: Math.min(CELL_ROWS, count - before), offset: offset + before, used: this.clock };
      });
      this.replace(cell, parts);
      return;
    }
    const whole = offset === 0 && count < CELL_ROWS;
    const rows = await this.loader.rows({ start, end }, whole ? count + SLACK : count, offset, signal);
    if (signal.aborted) return;
    rows.sort((a, b) => compareTimes(b._time ?? "", a._time ?? ""));
    cell.rows = rows;
    cell.count = rows.length;
    this.forget();
    this.changed();
  }

  private replace(cell: Cell, parts: readonly Cell[]): void {
    const at = this.cells.indexOf(cell);
    if (at >= 0) this.cells.splice(at, 1, ...parts);
    this.changed();
  }

  /** Lets go of the rows that nobody has seen for longest. */
  private forget(): void {
    const loaded = this.cells.filter(({ rows }) => rows !== undefined).sort((a, b) => b.used - a.used);
    let kept = 0;
    for (const cell of loaded) {
      kept += cell.count;
      if (kept > MOST_LOADED) delete cell.rows;
    }
  }

  /** The index of the cell with a row. */
  private cellAt(index: number): number {
    let low = 0;
    let high = Math.max(0, this.cells.length - 1);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.firsts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private failed(error: unknown): void {
    this.error = error;
    // Scrolling on tries again.
    this.wanted = undefined;
    this.changed();
  }

  private changed(): void {
    this.firsts = [0];
    let sum = 0;
    for (const { count } of this.cells) this.firsts.push((sum += count));
    this.version++;
    for (const notify of this.listeners) notify();
  }
}

/** The cells of buckets with rows, newest first. */
function partsOf(
  counts: readonly { time: number; count: number }[],
  stepMs: number,
  start: number,
  end: number,
): Cell[] {
  return counts
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.time - a.time)
    .map(({ time, count }) => ({
      start: Math.max(time, start),
      end: Math.min(time + stepMs - 1, end),
      count,
      offset: 0,
      used: 0,
    }));
}
