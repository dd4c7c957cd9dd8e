package io.logcaster.query.exec;

import io.logcaster.record.Bitmap;

/** Lets the rows through that pass a test. */
final class FilterOperator extends Operator {

  private final RowTest test;

  FilterOperator(RowTest test, Operator next) {
    super(next);
    this.test = test;
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    test.retain(frame, rows);
    return rows.isEmpty() || next().push(frame, rows, worker);
  }
}
