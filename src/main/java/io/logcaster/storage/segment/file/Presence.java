package io.logcaster.storage.segment.file;

import io.logcaster.storage.segment.bytes.ByteSink;
import java.util.Arrays;

/** The rows of a block that have a value in a column. Reusable, not thread-safe. */
final class Presence {

  private long[] words = {};

  private int rows;

  private int count;

  /** Resets to {@code rows} rows without values. */
  void reset(int rows) {
    int length = (rows + 63) >>> 6;
    if (words.length < length) {
      words = new long[length];
    }
    Arrays.fill(words, 0, length, 0L);
    this.rows = rows;
    count = 0;
  }

  /** Marks a row as having a value. Call this once per row at most. */
  void add(int row) {
    words[row >>> 6] |= 1L << row;
    count++;
  }

  boolean has(int row) {
    return (words[row >>> 6] & 1L << row) != 0;
  }

  /** The number of rows. */
  int rows() {
    return rows;
  }

  /** The number of rows that have a value. */
  int count() {
    return count;
  }

  /** Whether there are rows without a value. */
  boolean hasEmpty() {
    return count < rows;
  }

  /** Writes one bit per row, padded to whole 64-bit words. */
  void writeTo(ByteSink target) {
    int length = (rows + 63) >>> 6;
    for (int i = 0; i < length; i++) {
      target.putLong(words[i]);
    }
  }
}
