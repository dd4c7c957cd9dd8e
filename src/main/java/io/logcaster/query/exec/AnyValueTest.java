package io.logcaster.query.exec;

import io.logcaster.record.TextShape;
import io.logcaster.record.Verdict;

/** Values that are not empty. */
final class AnyValueTest extends ValueTest {

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    return from < to;
  }

  @Override
  public Verdict judge(TextShape shape) {
    return Verdict.YES;
  }

  @Override
  int cost() {
    return RowTest.CHEAP;
  }
}
