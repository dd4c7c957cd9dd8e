package io.logcaster.query.exec;

import io.logcaster.record.Bitmap;

/** Rows that a test refuses. */
final class NotTest extends RowTest {

  private final RowTest test;

  NotTest(RowTest test) {
    this.test = test;
  }

  @Override
  void retain(Frame frame, Bitmap rows) {
    Bitmap passing = rows.copy();
    test.retain(frame, passing);
    rows.andNot(passing);
  }

  @Override
  int cost() {
    return test.cost();
  }
}
