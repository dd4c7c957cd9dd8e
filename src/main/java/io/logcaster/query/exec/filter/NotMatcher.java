package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;

/** Rows that a test refuses. */
final class NotMatcher extends RowMatcher {

  private final RowMatcher test;

  NotMatcher(RowMatcher test) {
    this.test = test;
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    Bitmap passing = rows.copy();
    test.retain(frame, passing);
    rows.andNot(passing);
  }

  @Override
  int cost() {
    return test.cost();
  }
}
