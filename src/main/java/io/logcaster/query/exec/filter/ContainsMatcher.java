package io.logcaster.query.exec.filter;

import io.logcaster.record.TextShape;
import io.logcaster.record.Verdict;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.util.List;

/** Values that contain all, or any, of several phrases. Every value contains the empty phrase. */
final class ContainsMatcher extends ValueMatcher {

  private final List<PhraseMatcher> phrases;

  private final boolean all;

  ContainsMatcher(List<String> phrases, boolean all) {
    this.phrases = phrases.stream().distinct().map(PhraseMatcher::of).toList();
    this.all = all;
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    for (PhraseMatcher phrase : phrases) {
      if (phrase.test(bytes, from, to) != all) {
        return !all;
      }
    }
    return all;
  }

  @Override
  public Verdict judge(TextShape shape) {
    Verdict verdict = Verdict.of(all);
    for (PhraseMatcher phrase : phrases) {
      Verdict next = phrase.judge(shape);
      verdict = all ? verdict.and(next) : verdict.or(next);
    }
    return verdict;
  }

  @Override
  boolean mayMatch(ColumnSummary values) {
    for (PhraseMatcher phrase : phrases) {
      if (phrase.mayMatch(values) != all) {
        return !all;
      }
    }
    return all;
  }

  @Override
  int cost() {
    return RowMatcher.SEARCH * (1 + phrases.size());
  }
}
