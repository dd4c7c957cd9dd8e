package io.logcaster.query.exec;

import io.logcaster.record.Bitmap;

/** The end of the pipes. */
final class SinkOperator extends Operator {

  private final RowSink sink;

  @SuppressWarnings("NullAway") // Nothing comes after the last operator, and nobody asks.
  SinkOperator(RowSink sink) {
    super(null);
    this.sink = sink;
  }

  @Override
  boolean push(Frame frame, Bitmap rows, int worker) {
    return sink.accept(frame, rows, worker);
  }

  @Override
  void finish() {
    // Whoever runs the query knows when it returns.
  }
}
