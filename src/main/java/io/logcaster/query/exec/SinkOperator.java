package io.logcaster.query.exec;

import io.logcaster.query.exec.frame.BatchFrame;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.query.exec.pipe.Operator;
import io.logcaster.record.Bitmap;

/** The last operator, which hands rows to the sink of the query. */
final class SinkOperator extends Operator {

  /**
   * Where fewer than one in this many rows is selected, it pays to copy the rows into columns of
   * their own.
   */
  private static final int SPARSE_RATIO = 8;

  private final RowSink sink;

  @SuppressWarnings("NullAway") // There is no next operator, and next() is not called.
  SinkOperator(RowSink sink) {
    super(null);
    this.sink = sink;
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    if (frame instanceof BatchFrame stored && rows.cardinality() * SPARSE_RATIO < frame.size()) {
      int[] few = rows.toArray();
      return sink.push(stored.gather(few), Bitmap.all(few.length), worker);
    }
    return sink.push(frame, rows, worker);
  }

  @Override
  public void finish() {
    // The caller knows that the query ended when run() returns.
  }
}
