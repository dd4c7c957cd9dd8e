package io.logcaster.query.exec.frame;

import io.logcaster.record.Column;
import io.logcaster.record.RecordBatch;
import java.util.List;

/**
 * Rows that pass through a query: columns by the names of their fields, among them the time and the
 * stream of a record. The values never change, but a frame may create a column when it is first
 * requested and is not thread-safe: one thread works on it at a time. Columns are readable until
 * the query ends.
 */
public abstract class Frame {

  /** The number of rows. */
  public abstract int size();

  /**
   * The column of a field, with {@link #size} rows; an empty one where no row has the field. Rows
   * that are not selected may hold anything; text is read only after {@link Column#readable}.
   */
  public abstract Column column(String name);

  /** The names of the fields, each once, in the order of output. */
  public abstract List<String> names();

  /** The frame of a batch. */
  public static Frame of(RecordBatch batch) {
    return new BatchFrame(batch);
  }
}
