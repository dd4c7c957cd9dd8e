package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;

/** Passes on the rows that a filter selects. */
public final class FilterOperator extends Operator {

  private final RowMatcher matcher;

  public FilterOperator(RowMatcher matcher, Operator next) {
    super(next);
    this.matcher = matcher;
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    matcher.retain(frame, rows);
    return rows.isEmpty() || next().push(frame, rows, worker);
  }
}
