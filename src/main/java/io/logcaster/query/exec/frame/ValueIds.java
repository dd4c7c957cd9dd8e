package io.logcaster.query.exec.frame;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Hash;
import java.util.Arrays;

/**
 * Numbers distinct values from 0 on: open addressing by their hashes, their bytes in one array. Not
 * thread-safe, but safe for concurrent reading once it is filled.
 */
public final class ValueIds {

  private final ByteBuilder bytes = new ByteBuilder(64);

  private int[] ends = new int[8];

  private long[] hashes = new long[8];

  private int size;

  /** The number + 1; 0 for a free slot. */
  private int[] table = new int[16];

  public int size() {
    return size;
  }

  /** The number of a value, which is added if it is new. */
  public int id(byte[] source, int from, int to) {
    long hash = Hash.bytes(source, from, to, 0);
    int at = place(source, from, to, hash);
    if (table[at] != 0) {
      return table[at] - 1;
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    bytes.append(source, from, to);
    ends[size] = bytes.length();
    hashes[size] = hash;
    table[at] = ++size;
    if (size * 2 > table.length) {
      grow();
    }
    return size - 1;
  }

  /** The number of a value; -1 if it is not known. */
  public int find(byte[] source, int from, int to) {
    return table[place(source, from, to, Hash.bytes(source, from, to, 0))] - 1;
  }

  private int place(byte[] source, int from, int to, long hash) {
    int mask = table.length - 1;
    int at = (int) hash & mask;
    while (table[at] != 0) {
      int id = table[at] - 1;
      if (hashes[id] == hash
          && Arrays.equals(bytes.array(), start(id), ends[id], source, from, to)) {
        return at;
      }
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    table = new int[table.length * 2];
    int mask = table.length - 1;
    for (int id = 0; id < size; id++) {
      int at = (int) hashes[id] & mask;
      while (table[at] != 0) {
        at = at + 1 & mask;
      }
      table[at] = id + 1;
    }
  }

  public byte[] array() {
    return bytes.array();
  }

  public int start(int id) {
    return (id == 0) ? 0 : ends[id - 1];
  }

  public int end(int id) {
    return ends[id];
  }

  public byte[] value(int id) {
    return Arrays.copyOfRange(bytes.array(), start(id), ends[id]);
  }

  public long memoryBytes() {
    return bytes.array().length + 4L * (ends.length + table.length) + 8L * hashes.length;
  }
}
