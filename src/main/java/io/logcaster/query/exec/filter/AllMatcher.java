package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;

/** Every row passes. */
final class AllMatcher extends RowMatcher {

  static final AllMatcher INSTANCE = new AllMatcher();

  private AllMatcher() {}

  @Override
  public void retain(Frame frame, Bitmap rows) {
    // All rows stay.
  }

  @Override
  int cost() {
    return 0;
  }
}
