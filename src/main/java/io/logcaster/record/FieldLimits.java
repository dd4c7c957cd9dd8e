package io.logcaster.record;

import org.jspecify.annotations.Nullable;

/**
 * Keeps one record within bounds without losing it: a name that is too long is cut, and the fields
 * beyond the most that a record may have are folded into one field of JSON. Not thread-safe.
 */
final class FieldLimits {

  /** Long enough for any name that somebody chose; names that are data are longer. */
  static final int MAX_NAME = 256;

  /** Each field may cost a column in its batch. */
  static final int MAX_FIELDS = 1000;

  /** As much as a value may have by default; what is folded beyond it is left out. */
  private static final int MAX_FOLDED = 256 << 10;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};

  private final RecordJson folded = new RecordJson();

  private int count;

  private boolean marked;

  private boolean cut;

  /** The name of the next value, which is to be folded. */
  private byte @Nullable [] name;

  private int nameFrom;

  private int nameTo;

  /** Forgets the record before. */
  void begin() {
    count = 0;
    if (marked) {
      marked = false;
      cut = false;
      name = null;
      folded.take();
    }
  }

  /** Counts a value; returns whether it is too many. */
  boolean isBeyond() {
    return ++count > MAX_FIELDS;
  }

  /** Whether the record has all the fields that it may have. */
  boolean isFull() {
    return count >= MAX_FIELDS;
  }

  /** Whether something of the record was cut or folded. */
  boolean isMarked() {
    return marked;
  }

  /** Says that something was cut or folded. */
  void mark() {
    marked = true;
  }

  /** Whether the name of the next value was said. */
  boolean isNamed() {
    return name != null;
  }

  /** Says what the next value is called that has no column of its own. */
  void name(byte[] bytes, int from, int to) {
    marked = true;
    name = bytes;
    nameFrom = from;
    nameTo = to;
  }

  /**
   * Folds a value.
   *
   * @param column its column; the one of all folded fields where its name was said
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

  /** Puts the marks on the record. */
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
