package io.logcaster.storage.segment;

import io.logcaster.record.Column;
import io.logcaster.record.Hash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field over the rows of a block, gathered out of the batches they came in. Only
 * rows that have a value are in it. Reused from column to column, not thread-safe.
 */
final class Values {

  private static final int TABLE = 1024;

  /** The values, one behind the other. */
  byte[] bytes = new byte[1 << 16];

  /** Where each value begins. */
  int[] froms = new int[0];

  /** Where each value ends. */
  int[] tos = new int[0];

  /** How many rows have a value. */
  int count;

  /** How many rows there are. */
  int rows;

  /** Which rows have a value, one bit each; set only where {@link #count} is not {@link #rows}. */
  private long[] present = new long[0];

  private final short[] table = new short[TABLE];

  /** The index of the first value with each of the distinct texts. */
  final int[] firsts = new int[SegmentFormat.MAX_DICTIONARY];

  /** For each value the number of its text. */
  byte[] codes = new byte[0];

  /** How many distinct texts {@link #findDistinct} found. */
  int distinct;

  /** Copies the values of rows {@code from} to {@code to} of an order. */
  void gather(RowOrder order, int from, int to, @Nullable Column[] columns) {
    rows = to - from;
    if (froms.length < rows) {
      froms = new int[rows];
      tos = new int[rows];
      codes = new byte[rows];
      present = new long[(rows + 63) >>> 6];
    }
    Arrays.fill(present, 0, (rows + 63) >>> 6, 0L);
    count = 0;
    int used = 0;
    for (int i = from; i < to; i++) {
      Column column = columns[order.batch(i)];
      if (column == null) {
        continue;
      }
      int row = order.row(i);
      int start = column.start(row);
      int length = column.end(row) - start;
      if (length == 0) {
        continue;
      }
      if (bytes.length - used < length) {
        bytes =
            Arrays.copyOf(
                bytes, Math.max(Math.addExact(used, length), (int) Math.min(used * 2L, 1 << 30)));
      }
      System.arraycopy(column.bytes(), start, bytes, used, length);
      froms[count] = used;
      used += length;
      tos[count] = used;
      present[(i - from) >>> 6] |= 1L << (i - from);
      count++;
    }
  }

  /** How many bytes the values have together. */
  int textBytes() {
    return (count == 0) ? 0 : tos[count - 1];
  }

  boolean hasEmpty() {
    return count < rows;
  }

  boolean isPresent(int row) {
    return (present[row >>> 6] & 1L << row) != 0;
  }

  /** Writes which rows have a value. */
  void writePresence(ByteSink target) {
    int words = (rows + 63) >>> 6;
    for (int i = 0; i < words; i++) {
      target.putLong(present[i]);
    }
  }

  /**
   * Numbers the distinct values.
   *
   * @param limit how many there may be, at most {@link SegmentFormat#MAX_DICTIONARY}
   * @param maxBytes how long they may be together
   * @return whether there are not more
   */
  boolean findDistinct(int limit, int maxBytes) {
    Arrays.fill(table, (short) 0);
    distinct = 0;
    int budget = maxBytes;
    int last = -1;
    for (int i = 0; i < count; i++) {
      int from = froms[i];
      int to = tos[i];
      if (last >= 0 && equal(firsts[last], from, to)) {
        codes[i] = (byte) last;
        continue;
      }
      int at = (int) Hash.bytes(bytes, from, to, 0) & TABLE - 1;
      while (table[at] != 0 && !equal(firsts[table[at] - 1], from, to)) {
        at = at + 1 & TABLE - 1;
      }
      if (table[at] == 0) {
        budget -= to - from;
        if (distinct == limit || budget < 0) {
          return false;
        }
        firsts[distinct++] = i;
        table[at] = (short) distinct;
      }
      last = table[at] - 1;
      codes[i] = (byte) last;
    }
    return true;
  }

  private boolean equal(int known, int from, int to) {
    return Arrays.equals(bytes, froms[known], tos[known], bytes, from, to);
  }
}
