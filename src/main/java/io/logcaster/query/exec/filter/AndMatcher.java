package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import io.logcaster.storage.BlockSummary;
import java.util.Comparator;
import java.util.List;

/** Rows that pass all matchers, the cheapest of which runs first. */
final class AndMatcher extends RowMatcher {

  private final List<RowMatcher> matchers;

  AndMatcher(List<RowMatcher> matchers) {
    this.matchers = matchers.stream().sorted(Comparator.comparingInt(RowMatcher::cost)).toList();
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    for (RowMatcher matcher : matchers) {
      matcher.retain(frame, rows);
      if (rows.isEmpty()) {
        return;
      }
    }
  }

  @Override
  public boolean mayMatch(BlockSummary block) {
    for (RowMatcher matcher : matchers) {
      if (!matcher.mayMatch(block)) {
        return false;
      }
    }
    return true;
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
