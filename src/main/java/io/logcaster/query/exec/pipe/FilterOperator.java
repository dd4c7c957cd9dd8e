package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;

/** Lets the rows through that pass a test. */
public final class FilterOperator extends Operator {

  private final RowMatcher test;

  public FilterOperator(RowMatcher test, Operator next) {
    super(next);
    this.test = test;
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    test.retain(frame, rows);
    return rows.isEmpty() || next().push(frame, rows, worker);
  }
}
