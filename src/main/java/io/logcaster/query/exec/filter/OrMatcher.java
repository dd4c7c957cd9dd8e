package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import io.logcaster.storage.BlockSummary;
import java.util.Comparator;
import java.util.List;

/** Rows that pass some matcher. The cheapest runs first; each next one sees only the rest. */
final class OrMatcher extends RowMatcher {

  private final List<RowMatcher> matchers;

  OrMatcher(List<RowMatcher> matchers) {
    this.matchers = matchers.stream().sorted(Comparator.comparingInt(RowMatcher::cost)).toList();
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    Bitmap failing = rows.copy();
    for (RowMatcher matcher : matchers) {
      Bitmap passing = failing.copy();
      matcher.retain(frame, passing);
      failing.andNot(passing);
      if (failing.isEmpty()) {
        return;
      }
    }
    rows.andNot(failing);
  }

  @Override
  public boolean mayMatch(BlockSummary block) {
    for (RowMatcher matcher : matchers) {
      if (matcher.mayMatch(block)) {
        return true;
      }
    }
    return matchers.isEmpty();
  }

  @Override
  int cost() {
    int cost = 0;
    for (RowMatcher matcher : matchers) {
      cost += matcher.cost();
    }
    return cost;
  }
}
