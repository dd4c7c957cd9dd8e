/** Rows whose heights can be told apart; a list has no more of them. */
export const MOST_ROWS = 1_000_000;

const NOTHING = new Float64Array(0);

/**
 * Heights of the rows of a list, most of which nobody has measured: those count as one line. Positions are found by a
 * binary indexed tree of the differences, in as many steps as a million has bits, and without memory where all are lines.
 */
export class RowHeights {
  readonly line: number;
  private readonly measured = new Map<number, number>();
  /** The sums of the differences to a line; the tree's index 0 is unused. */
  private tree = NOTHING;

  constructor(line: number) {
    this.line = line;
  }

  heightOf(index: number): number {
    return this.measured.get(index) ?? this.line;
  }

  /** Sets the height of a row; returns by how much it differs from the height before. */
  set(index: number, height: number): number {
    const change = height - this.heightOf(index);
    if (change === 0 || index >= MOST_ROWS) return 0;
    if (this.tree === NOTHING) this.tree = new Float64Array(MOST_ROWS + 1);
    this.measured.set(index, height);
    for (let at = index + 1; at <= MOST_ROWS; at += at & -at) this.tree[at] = (this.tree[at] ?? 0) + change;
    return change;
  }

  /** The distance of a row from the beginning of the list; of the row after the last one, the height of the list. */
  offsetOf(index: number): number {
    let differences = 0;
    if (this.tree !== NOTHING)
      for (let at = Math.min(index, MOST_ROWS); at > 0; at -= at & -at) differences += this.tree[at] ?? 0;
    return index * this.line + differences;
  }

  /** The row at a distance from the beginning of a list of so many rows. */
  indexAt(offset: number, count: number): number {
    let low = 0;
    let high = Math.max(0, count - 1);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.offsetOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
