package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import io.logcaster.storage.BlockSummary;
import java.util.Comparator;
import java.util.List;

/** Rows that pass some test, the cheapest of which runs first; each next one sees only the rest. */
final class OrMatcher extends RowMatcher {

  private final List<RowMatcher> tests;

  OrMatcher(List<RowMatcher> tests) {
    this.tests = tests.stream().sorted(Comparator.comparingInt(RowMatcher::cost)).toList();
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    Bitmap failing = rows.copy();
    for (RowMatcher test : tests) {
      Bitmap passing = failing.copy();
      test.retain(frame, passing);
      failing.andNot(passing);
      if (failing.isEmpty()) {
        return;
      }
    }
    rows.andNot(failing);
  }

  @Override
  public boolean mayMatch(BlockSummary block) {
    for (RowMatcher test : tests) {
      if (test.mayMatch(block)) {
        return true;
      }
    }
    return tests.isEmpty();
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
