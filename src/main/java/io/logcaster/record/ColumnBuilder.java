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
    return used == 0;
  }

  boolean hasRow(int row) {
    return rows == row + 1;
  }

  byte[] arena() {
    return arena;
  }

  int start(int row) {
    return (row == 0 || rows == 0) ? 0 : ends[row - 1];
  }

  int end(int row) {
    return ends[row];
  }

  /**
   * Makes room for a value of a row, dropping one it already has, and returns where to write it.
   */
  int open(int row, int capacity) {
    if (rows > row) {
      used = start(row);
    } else {
      pad(row);
    }
    if (used + capacity > arena.length) {
      int wanted = Math.max(lastArena, Math.addExact(used, capacity));
      arena = Arrays.copyOf(arena, Math.max(wanted, (int) Math.min(used * 2L, 1 << 30)));
    }
    return used;
  }

  /** Ends the value that {@link #open} began. */
  void close(int row, int end) {
    if (row >= ends.length) {
      grow(row + 1);
    }
    used = end;
    ends[row] = end;
    rows = row + 1;
  }

  void rollback(int row) {
    if (rows > row) {
      used = start(row);
      rows = row;
    }
  }

  private void pad(int row) {
    if (row > ends.length) {
      grow(row);
    }
    while (rows < row) {
      ends[rows++] = used;
    }
  }

  private void grow(int rows) {
    ends = Arrays.copyOf(ends, Math.max(Math.max(rows, lastRows), ends.length * 2));
  }

  /** The column so far; this builder begins anew with room for as much again. */
  ArenaColumn build(int size) {
    pad(size);
    ArenaColumn column = new ArenaColumn(name, arena, ends, size);
    // An eighth more than the last batch needed, so that similar batches are built without growing.
    lastArena = Math.max(FIRST_ARENA, used + (used >>> 3));
    lastRows = Math.max(FIRST_ROWS, size);
    arena = new byte[0];
    ends = new int[0];
    used = 0;
    rows = 0;
    return column;
  }
}
