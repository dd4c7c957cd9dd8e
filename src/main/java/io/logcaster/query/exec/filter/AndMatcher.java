package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import io.logcaster.storage.BlockSummary;
import java.util.Comparator;
import java.util.List;

/** Rows that pass all tests, the cheapest of which runs first. */
final class AndMatcher extends RowMatcher {

  private final List<RowMatcher> tests;

  AndMatcher(List<RowMatcher> tests) {
    this.tests = tests.stream().sorted(Comparator.comparingInt(RowMatcher::cost)).toList();
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    for (RowMatcher test : tests) {
      test.retain(frame, rows);
      if (rows.isEmpty()) {
        return;
      }
    }
  }

  @Override
  public boolean mayMatch(BlockSummary block) {
    for (RowMatcher test : tests) {
      if (!test.mayMatch(block)) {
        return false;
      }
    }
    return true;
  }

  @Override
  int cost() {
    int cost = 0;
    for (RowMatcher test : tests) {
      cost += test.cost();
    }
    return cost;
  }
}
