package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;

/** Rows that a matcher does not let pass. */
final class NotMatcher extends RowMatcher {

  private final RowMatcher matcher;

  NotMatcher(RowMatcher matcher) {
    this.matcher = matcher;
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    Bitmap passing = rows.copy();
    matcher.retain(frame, passing);
    rows.andNot(passing);
  }

  @Override
  int cost() {
    return matcher.cost();
  }
}
