package io.logcaster.record;

import java.util.Arrays;

/** Collects the values of one field; rows that are skipped have none. */
final class ColumnBuilder {

  /**
   * Large enough that a column in use does not grow often, small enough that a rare one costs
   * little.
   */
  private static final int FIRST_ARENA = 256;

  private static final int FIRST_ROWS = 64;

  final String name;

  final byte[] nameBytes;

  /** Whether a caller holds the number of this column across batches. */
  final boolean pinned;

  /**
   * The column that followed this one in an earlier record, the likeliest to follow again; -1
   * unknown.
   */
  int follower = -1;

  private byte[] arena = new byte[0];

  private int used;

  private int[] ends = new int[0];

  /** How many rows have an entry in {@link #ends}. */
  private int rows;

  private int lastArena = FIRST_ARENA;

  private int lastRows = FIRST_ROWS;

  ColumnBuilder(String name, byte[] nameBytes, boolean pinned) {
    this.name = name;
    this.nameBytes = nameBytes;
    this.pinned = pinned;
  }

  boolean isUnused() {
    return this.used == 0;
  }

  boolean hasRow(int row) {
    return this.rows == row + 1;
  }

  byte[] arena() {
    return this.arena;
  }

  int start(int row) {
    return (row == 0 || this.rows == 0) ? 0 : this.ends[row - 1];
  }

  int end(int row) {
    return this.ends[row];
  }

  /**
   * Makes room for a value of a row, dropping one it already has, and returns where to write it.
   */
  int open(int row, int capacity) {
    if (this.rows > row) {
      this.used = start(row);
    } else {
      pad(row);
    }
    if (this.used + capacity > this.arena.length) {
      int wanted = Math.max(this.lastArena, Math.addExact(this.used, capacity));
      this.arena =
          Arrays.copyOf(this.arena, Math.max(wanted, (int) Math.min(this.used * 2L, 1 << 30)));
    }
    return this.used;
  }

  /** Ends the value that {@link #open} began. */
  void close(int row, int end) {
    if (row >= this.ends.length) {
      grow(row + 1);
    }
    this.used = end;
    this.ends[row] = end;
    this.rows = row + 1;
  }

  void rollback(int row) {
    if (this.rows > row) {
      this.used = start(row);
      this.rows = row;
    }
  }

  private void pad(int row) {
    if (row > this.ends.length) {
      grow(row);
    }
    while (this.rows < row) {
      this.ends[this.rows++] = this.used;
    }
  }

  private void grow(int rows) {
    this.ends =
        Arrays.copyOf(this.ends, Math.max(Math.max(rows, this.lastRows), this.ends.length * 2));
  }

  /** The column so far; this builder begins anew with room for as much again. */
  ArenaColumn build(int size) {
    pad(size);
    ArenaColumn column = new ArenaColumn(this.name, this.arena, this.ends, size);
    // An eighth more than the last batch needed, so that similar batches are built without growing.
    this.lastArena = Math.max(FIRST_ARENA, this.used + (this.used >>> 3));
    this.lastRows = Math.max(FIRST_ROWS, size);
    this.arena = new byte[0];
    this.ends = new int[0];
    this.used = 0;
    this.rows = 0;
    return column;
  }
}
