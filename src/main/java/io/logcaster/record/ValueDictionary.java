package io.logcaster.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Assigns codes to the distinct values of a column while they are few. Most log fields have a
 * handful of values, and a one-byte code is cheaper to store, write, compare and regroup than the
 * text. Code 0 is the empty value. Entries are added but never changed, so that batches can share
 * them. Not thread-safe.
 */
final class ValueDictionary {

  /** A code is one byte. */
  static final int MAX_ENTRIES = 256;

  /** A longer dictionary would be expensive to write with every batch. */
  static final int MAX_BYTES = 8 << 10;

  private static final int FIRST_TABLE = 32;

  /** Values up to this length fit into their key. */
  private static final int SHORT = 7;

  /** Set in the keys of longer values. */
  private static final long HASHED = 1L << 63;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final String name;

  private byte[] arena = new byte[64];

  private int[] ends = new int[16];

  private int count = 1;

  /** A hash table by key with open addressing; 0 marks a free slot. */
  private long[] keys = new long[FIRST_TABLE];

  /** The code of each key. */
  private byte[] codes = new byte[FIRST_TABLE];

  private int shift = Long.numberOfLeadingZeros(FIRST_TABLE - 1);

  ValueDictionary(String name) {
    this.name = name;
  }

  /** The code of a non-empty value; 0 if it is not in the dictionary. */
  int find(byte[] bytes, int from, int to) {
    long key = key(bytes, from, to);
    long[] keys = this.keys;
    int at = (int) ((key * MULTIPLIER) >>> shift);
    while (keys[at] != 0) {
      if (keys[at] == key) {
        int code = codes[at] & 0xff;
        if (to - from <= SHORT
            || Arrays.equals(arena, ends[code - 1], ends[code], bytes, from, to)) {
          return code;
        }
      }
      at = (at + 1) & (keys.length - 1);
    }
    return 0;
  }

  /**
   * Adds a value that is neither empty nor known.
   *
   * @return its code, or 0 if the dictionary is full
   */
  int add(byte[] bytes, int from, int to) {
    int used = ends[count - 1];
    int end = used + to - from;
    if (count == MAX_ENTRIES || end > MAX_BYTES) {
      return 0;
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    if (end > arena.length) {
      arena = Arrays.copyOf(arena, Math.max(end, arena.length * 2));
    }
    System.arraycopy(bytes, from, arena, used, to - from);
    ends[count] = end;
    if (count * 2 >= keys.length) {
      grow();
    }
    enter(key(bytes, from, to), (byte) count);
    return count++;
  }

  private void grow() {
    long[] oldKeys = keys;
    byte[] oldCodes = codes;
    keys = new long[oldKeys.length * 4];
    codes = new byte[keys.length];
    shift = Long.numberOfLeadingZeros(keys.length - 1);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        enter(oldKeys[i], oldCodes[i]);
      }
    }
  }

  private void enter(long key, byte code) {
    int at = (int) ((key * MULTIPLIER) >>> shift);
    while (keys[at] != 0) {
      at = (at + 1) & (keys.length - 1);
    }
    keys[at] = key;
    codes[at] = code;
  }

  /**
   * A short value followed by its length, which is unique, or the hash of a longer value, which
   * never equals the key of a short one.
   */
  private static long key(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > SHORT) {
      return Hash.bytes(bytes, from, to, 0) | HASHED;
    }
    if (from + Long.BYTES <= bytes.length) {
      long text = (long) LONGS.get(bytes, from) << (Long.SIZE - length * 8);
      return (text >>> (Long.SIZE - length * 8)) | (long) length << 56;
    }
    long key = length;
    for (int i = SHORT - 1; i >= 0; i--) {
      key = key << 8 | ((i < length) ? (bytes[from + i] & 0xff) : 0);
    }
    return key;
  }

  long memoryBytes() {
    return 80L + arena.length + 4L * ends.length + 9L * keys.length;
  }

  /** The number of entries, including the empty value. */
  int count() {
    return count;
  }

  /** The array that holds all entries. */
  byte[] arena() {
    return arena;
  }

  int start(int code) {
    return (code == 0) ? 0 : ends[code - 1];
  }

  int end(int code) {
    return ends[code];
  }

  /** The current entries as a column; later additions do not change it. */
  ArenaColumn entries() {
    return new ArenaColumn(name, arena, ends, count);
  }
}
