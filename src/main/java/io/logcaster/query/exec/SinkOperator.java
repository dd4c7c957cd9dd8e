package io.logcaster.query.exec;

import io.logcaster.query.exec.frame.BatchFrame;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.query.exec.pipe.Operator;
import io.logcaster.record.Bitmap;

/** The end of the pipes. */
final class SinkOperator extends Operator {

  /** Out of so many times as many, rows are few: columns of them alone are quickly made. */
  private static final int FEW = 8;

  private final RowSink sink;

  @SuppressWarnings("NullAway") // Nothing comes after the last operator, and nobody asks.
  SinkOperator(RowSink sink) {
    super(null);
    this.sink = sink;
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    if (frame instanceof BatchFrame stored && rows.cardinality() * FEW < frame.size()) {
      int[] few = rows.toArray();
      return sink.push(stored.gather(few), Bitmap.all(few.length), worker);
    }
    return sink.push(frame, rows, worker);
  }

  @Override
  public void finish() {
    // Whoever runs the query knows when it returns.
  }
}
