package io.logcaster.storage.segment.file;

import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.DictionaryColumn;
import io.logcaster.record.Hash;
import io.logcaster.storage.segment.bytes.ByteSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field over the rows of a block, gathered out of the batches they came in. Only
 * rows that have a value are in it. Reused from column to column, not thread-safe.
 */
public final class ColumnValues {

  private static final int TABLE = 1024;

  /** So many distinct values are worth a dictionary however few rows there are. */
  private static final int MIN_REPEATED = 8;

  private static final short UNKNOWN = -1;

  /**
   * Rows whose values are touched before they are copied. Neighbours in a stream are far apart in
   * the batches, so each value costs a wait for memory; touched in a tight loop many waits pass at
   * once. That took writing a row from 860 ns to 700 ns.
   */
  private static final int GROUP = 64;

  /** The values, one behind the other. */
  public byte[] bytes = new byte[1 << 16];

  /** Where each value begins. */
  public int[] froms = new int[0];

  /** Where each value ends. */
  public int[] tos = new int[0];

  /** How many rows have a value. */
  public int count;

  /** How many rows there are. */
  int rows;

  /** Which rows have a value, one bit each; set only where {@link #count} is not {@link #rows}. */
  private long[] present = new long[0];

  private static final byte[] NOTHING = new byte[0];

  private final byte[][] sources = new byte[GROUP][];

  private final int[] sourceFroms = new int[GROUP];

  private final int[] sourceTos = new int[GROUP];

  /** Keeps the compiler from leaving out what touches memory. */
  int sink;

  private final short[] table = new short[TABLE];

  /** The index of the first value with each of the distinct texts. */
  final int[] firsts = new int[SegmentFormat.MAX_DICTIONARY];

  /** For each value the number of its text. */
  byte[] codes = new byte[0];

  /** How many distinct texts were found. */
  int distinct;

  /** Whether there are only the distinct texts, and the number of that of each value. */
  private boolean numbered;

  /**
   * Takes the values of rows {@code from} to {@code to} of an order: their numbers where all the
   * sources number them and they repeat, else copies of their text.
   *
   * @param columns the column of each batch that has some of the rows, null for the others
   */
  void gather(RowOrder order, int from, int to, @Nullable Column[] columns) {
    begin(to - from);
    numbered = areNumbered(columns) && gatherCodes(order, from, to, columns);
    if (!numbered) {
      begin(to - from);
      gatherText(order, from, to, columns);
    }
  }

  private void begin(int rows) {
    this.rows = rows;
    if (froms.length < rows) {
      froms = new int[rows];
      tos = new int[rows];
      codes = new byte[rows];
      present = new long[(rows + 63) >>> 6];
    }
    Arrays.fill(present, 0, (rows + 63) >>> 6, 0L);
    count = 0;
    distinct = 0;
  }

  private static boolean areNumbered(@Nullable Column[] columns) {
    for (Column column : columns) {
      if (column != null
          && !(column instanceof DictionaryColumn)
          && !(column instanceof ConstantColumn)) {
        return false;
      }
    }
    return true;
  }

  /** Translates the numbers of each batch; false where the values are too many or do not repeat. */
  private boolean gatherCodes(RowOrder order, int from, int to, @Nullable Column[] columns) {
    Arrays.fill(table, (short) 0);
    byte[][] batchCodes = new byte[columns.length][];
    short[] translated = new short[columns.length << Byte.SIZE];
    Arrays.fill(translated, UNKNOWN);
    for (int b = 0; b < columns.length; b++) {
      batchCodes[b] = (columns[b] instanceof DictionaryColumn column) ? column.codes() : NOTHING;
    }
    for (int i = from; i < to; i++) {
      int batch = order.batch(i);
      byte[] source = batchCodes[batch];
      int code = (source.length > 0) ? source[order.row(i)] & 0xff : 0;
      int number = translated[batch << Byte.SIZE | code];
      if (number == UNKNOWN) {
        number = number(columns[batch], order.row(i));
        if (number == UNKNOWN) {
          return false;
        }
        translated[batch << Byte.SIZE | code] = (short) number;
      }
      if (number > 0) {
        int row = i - from;
        present[row >>> 6] |= 1L << row;
        codes[count++] = (byte) (number - 1);
      }
    }
    return distinct + (hasEmpty() ? 1 : 0) <= SegmentFormat.MAX_DICTIONARY
        && distinct <= Math.max(MIN_REPEATED, count / 2);
  }

  /**
   * One more than the number of a value, 0 where it is empty; {@link #UNKNOWN} beyond the limit.
   */
  private int number(@Nullable Column column, int row) {
    if (column == null || column.isEmpty(row)) {
      return 0;
    }
    byte[] source = column.bytes();
    int start = column.start(row);
    int end = column.end(row);
    int at = (int) Hash.bytes(source, start, end, 0) & TABLE - 1;
    while (table[at] != 0) {
      int known = table[at] - 1;
      if (Arrays.equals(bytes, froms[known], tos[known], source, start, end)) {
        return table[at];
      }
      at = at + 1 & TABLE - 1;
    }
    int used = (distinct == 0) ? 0 : tos[distinct - 1];
    if (distinct == SegmentFormat.MAX_DICTIONARY
        || used + end - start > SegmentFormat.MAX_DICTIONARY_BYTES) {
      return UNKNOWN;
    }
    System.arraycopy(source, start, bytes, used, end - start);
    froms[distinct] = used;
    tos[distinct] = used + end - start;
    firsts[distinct] = distinct;
    distinct++;
    table[at] = (short) distinct;
    return distinct;
  }

  private void gatherText(RowOrder order, int from, int to, @Nullable Column[] columns) {
    int touched = 0;
    for (int start = from; start < to; start += GROUP) {
      int end = Math.min(start + GROUP, to);
      touched += locate(order, start, end, columns);
      copy(start - from, end - start);
    }
    sink = touched;
    Arrays.fill(sources, NOTHING);
  }

  /** Finds the values of a group of rows and touches them. */
  private int locate(RowOrder order, int from, int to, @Nullable Column[] columns) {
    for (int i = from; i < to; i++) {
      Column column = columns[order.batch(i)];
      int row = order.row(i);
      int at = i - from;
      if (column != null) {
        sources[at] = column.bytes();
        sourceFroms[at] = column.start(row);
        sourceTos[at] = column.end(row);
      } else {
        sourceTos[at] = sourceFroms[at];
      }
    }
    int touched = 0;
    for (int at = 0; at < to - from; at++) {
      if (sourceFroms[at] < sourceTos[at]) {
        touched += sources[at][sourceFroms[at]] + sources[at][sourceTos[at] - 1];
      }
    }
    return touched;
  }

  private void copy(int firstRow, int group) {
    int used = textBytes();
    for (int at = 0; at < group; at++) {
      int start = sourceFroms[at];
      int length = sourceTos[at] - start;
      if (length == 0) {
        continue;
      }
      if (bytes.length - used < length) {
        int wanted = Math.addExact(used, length);
        bytes = Arrays.copyOf(bytes, Math.max(wanted, (int) Math.min(used * 2L, 1 << 30)));
      }
      System.arraycopy(sources[at], start, bytes, used, length);
      froms[count] = used;
      used += length;
      tos[count] = used;
      int row = firstRow + at;
      present[row >>> 6] |= 1L << row;
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
   * Numbers the distinct values where that is not done already.
   *
   * @return whether there are so few, and they repeat so often, that a dictionary is worth while
   */
  boolean isDictionary() {
    return numbered || (findDistinct() && distinct <= Math.max(MIN_REPEATED, count / 2));
  }

  private boolean findDistinct() {
    int limit = SegmentFormat.MAX_DICTIONARY - (hasEmpty() ? 1 : 0);
    int maxBytes = SegmentFormat.MAX_DICTIONARY_BYTES;
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
