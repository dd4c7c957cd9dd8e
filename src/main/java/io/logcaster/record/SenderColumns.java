package io.logcaster.record;

import java.nio.charset.StandardCharsets;

/**
 * Finds the columns of fields that senders name. Records of one kind name the same fields in the
 * same order, so the column that followed last time is tried first. Not thread-safe.
 */
final class SenderColumns {

  private final ColumnNames columns;

  private final FieldLimits limits;

  private final Cardinality cardinality;

  private int lastColumn = -1;

  /** Whether the current record has fields that are folded because there are too many names. */
  private boolean overflowed;

  SenderColumns(ColumnNames columns, FieldLimits limits, Cardinality cardinality) {
    this.columns = columns;
    this.limits = limits;
    this.cardinality = cardinality;
  }

  void beginRecord() {
    lastColumn = -1;
    overflowed = false;
  }

  boolean hasOverflowed() {
    return overflowed;
  }

  /**
   * The column number of a name; the column of folded fields if the record or the server has too
   * many names.
   *
   * @param now the current time in nanoseconds since the epoch
   */
  int find(byte[] bytes, int from, int to, long now) {
    if (lastColumn >= 0) {
      int guess = columns.get(lastColumn).follower;
      if (guess >= 0 && columns.get(guess).isNamed(bytes, from, to)) {
        lastColumn = guess;
        return guess;
      }
    }
    int column = columns.find(bytes, from, to);
    if (column < 0) {
      column = unknown(bytes, from, to, now);
    }
    if (lastColumn >= 0) {
      columns.get(lastColumn).follower = column;
    }
    lastColumn = column;
    return column;
  }

  private int unknown(byte[] bytes, int from, int to, long now) {
    if (to - from > FieldLimits.MAX_NAME) {
      limits.mark();
      return find(bytes, from, Utf8.cut(bytes, from, from + FieldLimits.MAX_NAME), now);
    }
    int column =
        limits.isFull()
            ? -1
            : named(new String(bytes, from, to - from, StandardCharsets.UTF_8), now);
    if (column < 0) {
      limits.name(bytes, from, to);
      return RecordBatchBuilder.FOLDED_FIELDS;
    }
    return column;
  }

  /**
   * The column of a name whose bytes are not known, perhaps because they had to be repaired; -1 if
   * there are too many names.
   */
  private int named(String name, long now) {
    byte[] repaired = name.getBytes(StandardCharsets.UTF_8);
    int known = columns.find(repaired, 0, repaired.length);
    if (known >= 0 || cardinality.admitField(repaired, now)) {
      return (known >= 0) ? known : columns.add(name, false);
    }
    overflowed = true;
    return -1;
  }
}
