package io.logcaster.query.exec.frame;

import io.logcaster.record.Hash;
import java.util.Arrays;

/** Numbers distinct pairs of ints, or distinct longs, from 0 on. Not thread-safe. */
public final class PairIds {

  private long[] pairs = new long[8];

  private int size;

  /** The number + 1; 0 for a free slot. */
  private int[] table = new int[16];

  public int size() {
    return size;
  }

  public int id(int left, int right) {
    return id((long) left << 32 | (right & 0xffffffffL));
  }

  public int id(long pair) {
    int mask = table.length - 1;
    int at = (int) Hash.mix(pair) & mask;
    while (table[at] != 0) {
      if (pairs[table[at] - 1] == pair) {
        return table[at] - 1;
      }
      at = at + 1 & mask;
    }
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size * 2);
    }
    pairs[size] = pair;
    table[at] = ++size;
    if (size * 2 > table.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    table = new int[table.length * 2];
    int mask = table.length - 1;
    for (int id = 0; id < size; id++) {
      int at = (int) Hash.mix(pairs[id]) & mask;
      while (table[at] != 0) {
        at = at + 1 & mask;
      }
      table[at] = id + 1;
    }
  }

  long value(int id) {
    return pairs[id];
  }

  public int left(int id) {
    return (int) (pairs[id] >> 32);
  }

  public int right(int id) {
    return (int) pairs[id];
  }

  public long memoryBytes() {
    return 8L * pairs.length + 4L * table.length;
  }
}
