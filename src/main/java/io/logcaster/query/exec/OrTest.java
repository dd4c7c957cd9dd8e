package io.logcaster.query.exec;

import io.logcaster.record.Bitmap;
import io.logcaster.storage.BlockSummary;
import java.util.Comparator;
import java.util.List;

/** Rows that pass some test, the cheapest of which runs first; each next one sees only the rest. */
final class OrTest extends RowTest {

  private final List<RowTest> tests;

  OrTest(List<RowTest> tests) {
    this.tests = tests.stream().sorted(Comparator.comparingInt(RowTest::cost)).toList();
  }

  @Override
  void retain(Frame frame, Bitmap rows) {
    Bitmap failing = rows.copy();
    for (RowTest test : tests) {
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
  boolean mayMatch(BlockSummary block) {
    for (RowTest test : tests) {
      if (test.mayMatch(block)) {
        return true;
      }
    }
    return tests.isEmpty();
  }

  @Override
  int cost() {
    int cost = 0;
    for (RowTest test : tests) {
      cost += test.cost();
    }
    return cost;
  }
}
