package io.logcaster.query.exec.frame;

import io.logcaster.record.Column;
import io.logcaster.record.RecordBatch;
import java.util.List;

/**
 * Rows that pass through a query: columns by the names of their fields, the time and the stream of
 * a record among them. Immutable. A frame belongs to the thread that works on it, because columns
 * may be made when they are first asked for.
 */
public abstract class Frame {

  /** The number of rows. */
  public abstract int size();

  /** The column of a field; an empty one where no row has it. */
  public abstract Column column(String name);

  /** The names of the fields, in the order of output. */
  public abstract List<String> names();

  /** The frame of a batch. */
  public static Frame of(RecordBatch batch) {
    return new BatchFrame(batch);
  }
}
