package io.logcaster.query.exec.filter;

import io.logcaster.record.TextShape;
import io.logcaster.record.Verdict;

/** Values that are not empty. */
final class AnyValueMatcher extends ValueMatcher {

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
    return RowMatcher.CHEAP;
  }
}
