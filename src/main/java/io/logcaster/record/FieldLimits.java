package io.logcaster.record;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a record within limits instead of rejecting it: cuts names that are too long, and folds the
 * fields beyond the maximum into one JSON field. Not thread-safe.
 */
final class FieldLimits {

  /** Long enough for any name chosen by a person; longer names contain data. */
  static final int MAX_NAME = 256;

  /** Bounds the number of columns that a single record can add to its batch. */
  static final int MAX_FIELDS = 1000;

  /** The default limit of a value; folded fields beyond it are left out. */
  private static final int MAX_FOLDED = 256 << 10;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};

  private final RecordJson folded = new RecordJson();

  private int count;

  private boolean marked;

  private boolean cut;

  /** The name of the next value to fold. */
  private byte @Nullable [] name;

  private int nameFrom;

  private int nameTo;

  /** Forgets the previous record. */
  void begin() {
    count = 0;
    if (marked) {
      marked = false;
      cut = false;
      name = null;
      folded.take();
    }
  }

  /** Counts a value and returns whether it exceeds the maximum. */
  boolean isBeyond() {
    return ++count > MAX_FIELDS;
  }

  /** Whether the record has the maximum number of fields. */
  boolean isFull() {
    return count >= MAX_FIELDS;
  }

  /** Whether part of the record was cut or folded. */
  boolean isMarked() {
    return marked;
  }

  /** Notes that part of the record was cut or folded. */
  void mark() {
    marked = true;
  }

  /** Whether the name of the next value was set. */
  boolean isNamed() {
    return name != null;
  }

  /** Sets the name of the next value, which has no column of its own. */
  void name(byte[] bytes, int from, int to) {
    marked = true;
    name = bytes;
    nameFrom = from;
    nameTo = to;
  }

  /**
   * Folds a value.
   *
   * @param column its column; the column of folded fields if its name was set
   * @param columnName the name of that column
   */
  void fold(int column, byte[] columnName, byte[] bytes, int from, int to) {
    byte[] known = name;
    if (column == RecordBatchBuilder.FOLDED_FIELDS && known != null) {
      fold(known, nameFrom, nameTo, bytes, from, to);
      name = null;
    } else {
      fold(columnName, 0, columnName.length, bytes, from, to);
    }
  }

  private void fold(byte[] names, int nameFrom, int nameTo, byte[] bytes, int from, int to) {
    marked = true;
    if (folded.size() + (nameTo - nameFrom) + (to - from) > MAX_FOLDED) {
      cut = true;
      return;
    }
    folded.raw(folded.size() == 0 ? '{' : ',');
    folded.string(names, nameFrom, nameTo);
    folded.raw(':');
    folded.string(bytes, from, to);
  }

  /** Adds the folded fields and the marks to the record. */
  void end(RecordBatchBuilder builder) {
    set(builder, RecordBatchBuilder.TRUNCATED_FIELDS, TRUE);
    if (folded.size() > 0) {
      folded.raw('}');
      set(builder, RecordBatchBuilder.FOLDED_FIELDS, folded.take());
    }
    if (cut) {
      set(builder, RecordBatchBuilder.TRUNCATED, TRUE);
    }
  }

  private static void set(RecordBatchBuilder builder, int column, byte[] value) {
    builder.value(column, value, 0, value.length);
  }
}
