package io.logcaster.storage.segment.file;

import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.DictionaryColumn;
import io.logcaster.storage.segment.column.TextSlices;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the values of one field from several batches, in the order of a segment. Reusable, not
 * thread-safe.
 */
final class ValueGatherer {

  /**
   * The number of rows whose values are touched before they are copied. Neighbours in a stream are
   * far apart in the batches, so each value costs a cache miss; touching them in a tight loop
   * overlaps the misses. This reduced the time to write a row from 860 ns to 700 ns.
   */
  private static final int GROUP = 64;

  /** The translation of a code that was not seen yet. */
  private static final short UNKNOWN = -1;

  /** The translation of the code of an empty value; for other codes it is their index + 1. */
  private static final short EMPTY = 0;

  private static final byte[] NOTHING = {};

  private final Presence presence = new Presence();

  private final DistinctTexts distinct = new DistinctTexts();

  /** The index of each value in {@link #distinct}. */
  private byte[] codes = {};

  /** The values, back to back. */
  private byte[] bytes = new byte[1 << 16];

  private int[] starts = {};

  private int[] ends = {};

  private final byte[][] sources = new byte[GROUP][];

  private final int[] sourceStarts = new int[GROUP];

  private final int[] sourceEnds = new int[GROUP];

  /** Keeps the compiler from removing the reads that only touch memory. */
  int sink;

  /**
   * Gathers the values of rows {@code from} to {@code to} of an order: codes if all sources have
   * codes and the values repeat, otherwise copies of the texts.
   *
   * @param columns the column of each batch that has some of the rows; null for the others
   */
  ColumnValues gather(RowOrder order, int from, int to, @Nullable Column[] columns) {
    int rows = to - from;
    if (starts.length < rows) {
      starts = new int[rows];
      ends = new int[rows];
      codes = new byte[rows];
    }
    if (haveCodes(columns) && gatherCodes(order, from, to, columns)) {
      return new ColumnValues.Repeated(presence, distinct.texts(), codes);
    }
    gatherTexts(order, from, to, columns);
    TextSlices texts = new TextSlices(bytes, starts, ends, presence.count());
    return repeat(texts)
        ? new ColumnValues.Repeated(presence, distinct.texts(), codes)
        : new ColumnValues.Varied(presence, texts);
  }

  private static boolean haveCodes(@Nullable Column[] columns) {
    for (Column column : columns) {
      if (column != null
          && !(column instanceof DictionaryColumn)
          && !(column instanceof ConstantColumn)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Translates the codes of each batch. Returns false if there are too many values, or too few
   * repeat.
   */
  private boolean gatherCodes(RowOrder order, int from, int to, @Nullable Column[] columns) {
    presence.reset(to - from);
    distinct.clear();
    byte[][] batchCodes = new byte[columns.length][];
    short[] translated = new short[columns.length << Byte.SIZE];
    Arrays.fill(translated, UNKNOWN);
    for (int b = 0; b < columns.length; b++) {
      batchCodes[b] = (columns[b] instanceof DictionaryColumn column) ? column.codes() : NOTHING;
    }
    int count = 0;
    for (int i = from; i < to; i++) {
      int batch = order.batch(i);
      byte[] source = batchCodes[batch];
      int code = (source.length > 0) ? source[order.row(i)] & 0xff : 0;
      int translation = translated[batch << Byte.SIZE | code];
      if (translation == UNKNOWN) {
        translation = translate(columns[batch], order.row(i));
        if (translation == UNKNOWN) {
          return false;
        }
        translated[batch << Byte.SIZE | code] = (short) translation;
      }
      if (translation != EMPTY) {
        presence.add(i - from);
        codes[count++] = (byte) (translation - 1);
      }
    }
    return distinct.isWorthwhile(presence);
  }

  /**
   * Returns {@link #EMPTY}, the index of a value + 1, or {@link #UNKNOWN} if the dictionary is
   * full.
   */
  private int translate(@Nullable Column column, int row) {
    if (column == null || column.isEmpty(row)) {
      return EMPTY;
    }
    int index = distinct.indexOf(column.bytes(), column.start(row), column.end(row));
    return (index == DistinctTexts.FULL) ? UNKNOWN : index + 1;
  }

  private void gatherTexts(RowOrder order, int from, int to, @Nullable Column[] columns) {
    presence.reset(to - from);
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
        sourceStarts[at] = column.start(row);
        sourceEnds[at] = column.end(row);
      } else {
        sourceEnds[at] = sourceStarts[at];
      }
    }
    int touched = 0;
    for (int at = 0; at < to - from; at++) {
      if (sourceStarts[at] < sourceEnds[at]) {
        touched += sources[at][sourceStarts[at]] + sources[at][sourceEnds[at] - 1];
      }
    }
    return touched;
  }

  private void copy(int firstRow, int group) {
    int count = presence.count();
    int used = (count == 0) ? 0 : ends[count - 1];
    for (int at = 0; at < group; at++) {
      int start = sourceStarts[at];
      int length = sourceEnds[at] - start;
      if (length == 0) {
        continue;
      }
      if (bytes.length - used < length) {
        int wanted = Math.addExact(used, length);
        bytes = Arrays.copyOf(bytes, Math.max(wanted, (int) Math.min(used * 2L, 1 << 30)));
      }
      System.arraycopy(sources[at], start, bytes, used, length);
      starts[count] = used;
      used += length;
      ends[count++] = used;
      presence.add(firstRow + at);
    }
  }

  /** Finds the codes of texts. Returns false if there are too many values, or too few repeat. */
  private boolean repeat(TextSlices texts) {
    distinct.clear();
    int last = DistinctTexts.FULL;
    for (int i = 0; i < texts.count(); i++) {
      int start = texts.start(i);
      int end = texts.end(i);
      if (last == DistinctTexts.FULL || !distinct.is(last, bytes, start, end)) {
        last = distinct.indexOf(bytes, start, end);
        if (last == DistinctTexts.FULL) {
          return false;
        }
      }
      codes[i] = (byte) last;
    }
    return distinct.isWorthwhile(presence);
  }
}
