package io.logcaster.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one field; skipped rows have no value. While there are few distinct
 * values, a row holds the code of its value in a dictionary that outlives the batch; otherwise the
 * values are stored back to back. Not thread-safe.
 */
final class ColumnBuilder {

  /**
   * Large enough that a column in use rarely grows, small enough that a rarely used one costs
   * little.
   */
  private static final int FIRST_ARENA = 256;

  private static final int FIRST_ROWS = 64;

  /** A full dictionary was worth its cost if each entry served this many rows on average. */
  private static final int MIN_ROWS_PER_ENTRY = 8;

  /** Batches without a dictionary before the next attempt, which costs at most 255 entries. */
  private static final int BATCHES_WITHOUT = 32;

  /** Estimated size of this object, its name and the bytes of its name. */
  private static final int FIXED_BYTES = 160;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] NOTHING = {};

  private static final int[] NO_ROWS = {};

  final String name;

  final byte[] nameBytes;

  /** The first eight bytes of the name, padded with zeros. */
  private final long nameHead;

  /** The bits of {@link #nameHead} that belong to the name. */
  private final long nameMask;

  /** Whether a caller holds the number of this column across batches. */
  final boolean pinned;

  /**
   * The column that followed this one in an earlier record and so is the likeliest to follow again;
   * -1 if unknown.
   */
  int follower = -1;

  /** The field group in which a value was last added. */
  long group;

  /** The field group whose values already form a JSON array; 0 for none. */
  long listGroup;

  /** Null if there are too many distinct values or they are known not to repeat. */
  private @Nullable ValueDictionary dictionary;

  /** Batches to build before the next attempt with a dictionary; the largest int means never. */
  private int batchesWithout;

  /** The number of rows that the dictionary served, over all batches. */
  private long served;

  /** The code of each row's value. */
  private byte[] codes = NOTHING;

  private byte[] arena = NOTHING;

  private int used;

  private int[] ends = NO_ROWS;

  /** How many rows have an entry in {@link #ends} or {@link #codes}. */
  private int rows;

  /** How many rows have a code other than 0. */
  private int filled;

  private int lastArena = FIRST_ARENA;

  private int lastRows = FIRST_ROWS;

  /**
   * Creates a builder.
   *
   * @param repeats whether values may repeat, so that a dictionary may pay off
   */
  ColumnBuilder(String name, byte[] nameBytes, boolean pinned, boolean repeats) {
    this.name = name;
    this.nameBytes = nameBytes;
    this.pinned = pinned;
    this.batchesWithout = repeats ? 0 : Integer.MAX_VALUE;
    int head = Math.min(nameBytes.length, Long.BYTES);
    this.nameMask = (head == 0) ? 0 : -1L >>> (Long.SIZE - head * Byte.SIZE);
    this.nameHead = (long) LONGS.get(Arrays.copyOf(nameBytes, Long.BYTES), 0) & nameMask;
  }

  /** Whether the column has this name. Fast for short names, because it is called per value. */
  boolean isNamed(byte[] bytes, int from, int to) {
    int length = nameBytes.length;
    if (to - from != length) {
      return false;
    }
    if (from + Long.BYTES > bytes.length) {
      return Arrays.equals(nameBytes, 0, length, bytes, from, to);
    }
    return ((long) LONGS.get(bytes, from) & nameMask) == nameHead
        && (length <= Long.BYTES
            || Arrays.equals(nameBytes, Long.BYTES, length, bytes, from + Long.BYTES, to));
  }

  boolean isUnused() {
    return (dictionary != null) ? filled == 0 : used == 0;
  }

  boolean hasRow(int row) {
    return rows == row + 1;
  }

  /** The code of a row's value, 0 if the row has none; -1 without a dictionary. */
  int code(int row) {
    if (dictionary == null) {
      return (used == 0) ? 0 : -1;
    }
    return hasRow(row) ? codes[row] & 0xff : 0;
  }

  /** The array that holds the value of a row. */
  byte[] arena() {
    return (dictionary != null) ? dictionary.arena() : arena;
  }

  int start(int row) {
    if (dictionary != null) {
      return dictionary.start(codes[row] & 0xff);
    }
    return (row == 0 || rows == 0) ? 0 : ends[row - 1];
  }

  int end(int row) {
    return (dictionary != null) ? dictionary.end(codes[row] & 0xff) : ends[row];
  }

  /** Whether a row that has a value has the given one. */
  boolean isValue(int row, byte[] bytes, int from, int to) {
    return Arrays.equals(arena(), start(row), end(row), bytes, from, to);
  }

  /** A JSON array of a row's values and another one. */
  byte[] listWith(int row, byte[] bytes, int from, int to) {
    RecordJson list = new RecordJson();
    if (listGroup == group) {
      list.raw(arena(), start(row), end(row) - 1);
    } else {
      list.raw('[');
      list.string(arena(), start(row), end(row));
    }
    list.raw(',');
    list.string(bytes, from, to);
    list.raw(']');
    return list.take();
  }

  /**
   * Sets the value of the last row or of a later one.
   *
   * @return false if the value was not UTF-8 and was repaired
   */
  boolean set(int row, byte[] bytes, int from, int to) {
    if (dictionary == null && batchesWithout == 0) {
      dictionary = new ValueDictionary(name);
      served = 0;
    }
    ValueDictionary known = dictionary;
    if (known != null) {
      int code = (from == to) ? 0 : known.find(bytes, from, to);
      if (code != 0 || from == to) {
        number(row, code);
        return true;
      }
    }
    int ascii = Utf8.skipAscii(bytes, from, to);
    if (ascii == to || Utf8.isValid(bytes, ascii, to)) {
      put(row, bytes, from, to);
      return true;
    }
    byte[] repaired = new byte[Math.multiplyExact(to - from, Utf8.MAX_GROWTH)];
    put(row, repaired, 0, Utf8.repair(bytes, from, to, repaired, 0));
    return false;
  }

  private void number(int row, int code) {
    if (row >= codes.length) {
      codes = Arrays.copyOf(codes, Math.max(Math.max(row + 1, lastRows), codes.length * 2));
    }
    filled += ((code != 0) ? 1 : 0) - ((codes[row] != 0) ? 1 : 0);
    codes[row] = (byte) code;
    rows = row + 1;
  }

  /** Sets a well-formed value, which may not be in the dictionary yet. */
  private void put(int row, byte[] bytes, int from, int to) {
    ValueDictionary known = dictionary;
    if (known != null) {
      int code = known.find(bytes, from, to);
      if (code == 0) {
        code = known.add(bytes, from, to);
      }
      if (code != 0) {
        number(row, code);
        return;
      }
      spell(known, row);
    }
    if (rows > row) {
      used = start(row);
    } else {
      pad(row);
    }
    int length = to - from;
    if (used + length > arena.length) {
      int wanted = Math.max(lastArena, Math.addExact(used, length));
      arena = Arrays.copyOf(arena, Math.max(wanted, (int) Math.min(used * 2L, 1 << 30)));
    }
    System.arraycopy(bytes, from, arena, used, length);
    if (row >= ends.length) {
      grow(row + 1);
    }
    used += length;
    ends[row] = used;
    rows = row + 1;
  }

  /** Drops the dictionary in the middle of a batch and stores the text of the earlier rows. */
  private void spell(ValueDictionary known, int row) {
    dictionary = null;
    boolean paid = served + rows >= (long) known.count() * MIN_ROWS_PER_ENTRY;
    batchesWithout = paid ? 1 : BATCHES_WITHOUT;
    int before = Math.min(rows, row);
    grow(before);
    for (int i = 0; i < before; i++) {
      used += known.end(codes[i] & 0xff) - known.start(codes[i] & 0xff);
      ends[i] = used;
    }
    arena = new byte[Math.max(lastArena, used * 2)];
    int at = 0;
    for (int i = 0; i < before; i++) {
      System.arraycopy(known.arena(), known.start(codes[i] & 0xff), arena, at, ends[i] - at);
      at = ends[i];
    }
    rows = before;
    codes = NOTHING;
    filled = 0;
  }

  void rollback(int row) {
    if (rows > row) {
      if (dictionary != null) {
        number(row, 0);
      } else {
        used = start(row);
      }
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

  /** The memory held in bytes, also between batches. */
  long memoryBytes() {
    ValueDictionary known = dictionary;
    return FIXED_BYTES
        + nameBytes.length
        + arena.length
        + 4L * ends.length
        + codes.length
        + ((known == null) ? 0 : known.memoryBytes());
  }

  /** Forgets the values and sizes of earlier batches; call it only while the column is unused. */
  void forget() {
    dictionary = null;
    codes = NOTHING;
    lastArena = FIRST_ARENA;
    lastRows = FIRST_ROWS;
    follower = -1;
    if (batchesWithout != Integer.MAX_VALUE) {
      batchesWithout = 0;
    }
  }

  /** Returns the column, which has a value, and resets this builder with room for as much again. */
  Column build(int size) {
    Column column = (dictionary != null) ? coded(dictionary, size) : spelled(size);
    lastRows = Math.max(FIRST_ROWS, size);
    rows = 0;
    return column;
  }

  private Column coded(ValueDictionary known, int size) {
    byte[] built = (size > codes.length) ? Arrays.copyOf(codes, size) : codes;
    codes = NOTHING;
    filled = 0;
    served += size;
    int first = built[0] & 0xff;
    int row = 1;
    while (row < size && built[row] == built[0]) {
      row++;
    }
    if (row == size) {
      return new ConstantColumn(
          name, Arrays.copyOfRange(known.arena(), known.start(first), known.end(first)));
    }
    return new DictionaryColumn(known.entries(), known.count(), built);
  }

  private ArenaColumn spelled(int size) {
    pad(size);
    ArenaColumn column = new ArenaColumn(name, arena, ends, size);
    // An eighth more than the last batch needed, so that a similar batch does not grow the array.
    lastArena = Math.max(FIRST_ARENA, used + (used >>> 3));
    arena = NOTHING;
    ends = NO_ROWS;
    used = 0;
    if (batchesWithout != Integer.MAX_VALUE && batchesWithout > 0) {
      batchesWithout--;
    }
    return column;
  }
}
