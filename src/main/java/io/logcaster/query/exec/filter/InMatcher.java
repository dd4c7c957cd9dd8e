package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.ValueIds;
import io.logcaster.record.TextShape;
import io.logcaster.record.Verdict;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.util.List;

/** Values equal to one of many. */
final class InMatcher extends ValueMatcher {

  /**
   * Up to this many values, looking each of them up in a block's index is cheaper than reading the
   * block.
   */
  private static final int MAX_INDEXED = 64;

  private final ValueIds values = new ValueIds();

  private final List<long[]> words;

  /** A matcher of each value; none if there are many values. */
  private final List<ExactMatcher> exact;

  InMatcher(List<byte[]> values) {
    for (byte[] value : values) {
      this.values.id(value, 0, value.length);
    }
    words =
        (values.size() > MAX_INDEXED)
            ? List.of()
            : values.stream().map((value) -> words(value, true, true)).toList();
    exact =
        (values.size() > MAX_INDEXED) ? List.of() : values.stream().map(ExactMatcher::new).toList();
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    return values.find(bytes, from, to) >= 0;
  }

  @Override
  public Verdict judge(TextShape shape) {
    if (exact.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    Verdict verdict = Verdict.NO;
    for (ExactMatcher value : exact) {
      verdict = verdict.or(value.judge(shape));
    }
    return verdict;
  }

  @Override
  boolean mayMatch(ColumnSummary summary) {
    if (words.isEmpty()) {
      return values.size() > 0;
    }
    for (long[] value : words) {
      if (mayContainAll(summary, value)) {
        return true;
      }
    }
    return false;
  }

  @Override
  int cost() {
    return RowMatcher.EQUALITY * 2;
  }
}
