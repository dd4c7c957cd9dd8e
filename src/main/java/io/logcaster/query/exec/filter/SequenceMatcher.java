package io.logcaster.query.exec.filter;

import io.logcaster.record.TextShape;
import io.logcaster.record.Verdict;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.util.List;

/** Values that contain phrases one after another. */
final class SequenceMatcher extends ValueMatcher {

  private final List<PhraseMatcher> phrases;

  SequenceMatcher(List<String> phrases) {
    this.phrases = phrases.stream().map(PhraseMatcher::of).toList();
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    int at = from;
    for (PhraseMatcher phrase : phrases) {
      int found = phrase.find(bytes, from, at, to);
      if (found < 0) {
        return false;
      }
      at = found + phrase.length();
    }
    return true;
  }

  @Override
  public Verdict judge(TextShape shape) {
    for (PhraseMatcher phrase : phrases) {
      if (phrase.judge(shape) == Verdict.NO) {
        return Verdict.NO;
      }
    }
    return (phrases.size() == 1) ? phrases.getFirst().judge(shape) : Verdict.UNKNOWN;
  }

  @Override
  boolean mayMatch(ColumnSummary values) {
    for (PhraseMatcher phrase : phrases) {
      if (!phrase.mayMatch(values)) {
        return false;
      }
    }
    return true;
  }

  @Override
  int cost() {
    return RowMatcher.SEARCH * (1 + phrases.size());
  }
}
