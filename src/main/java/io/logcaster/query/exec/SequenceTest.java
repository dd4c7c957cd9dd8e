package io.logcaster.query.exec;

import io.logcaster.record.TextShape;
import io.logcaster.record.Verdict;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.util.List;

/** Values that contain phrases one after the other. */
final class SequenceTest extends ValueTest {

  private final List<PhraseTest> phrases;

  SequenceTest(List<String> phrases) {
    this.phrases = phrases.stream().map(PhraseTest::of).toList();
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    int at = from;
    for (PhraseTest phrase : phrases) {
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
    for (PhraseTest phrase : phrases) {
      if (phrase.judge(shape) == Verdict.NO) {
        return Verdict.NO;
      }
    }
    return (phrases.size() == 1) ? phrases.getFirst().judge(shape) : Verdict.UNKNOWN;
  }

  @Override
  boolean mayMatch(ColumnSummary values) {
    for (PhraseTest phrase : phrases) {
      if (!phrase.mayMatch(values)) {
        return false;
      }
    }
    return true;
  }

  @Override
  int cost() {
    return RowTest.SEARCH * (1 + phrases.size());
  }
}
