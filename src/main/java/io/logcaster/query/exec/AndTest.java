package io.logcaster.query.exec;

import io.logcaster.record.Bitmap;
import io.logcaster.storage.BlockSummary;
import java.util.Comparator;
import java.util.List;

/** Rows that pass all tests, the cheapest of which runs first. */
final class AndTest extends RowTest {

  private final List<RowTest> tests;

  AndTest(List<RowTest> tests) {
    this.tests = tests.stream().sorted(Comparator.comparingInt(RowTest::cost)).toList();
  }

  @Override
  void retain(Frame frame, Bitmap rows) {
    for (RowTest test : tests) {
      test.retain(frame, rows);
      if (rows.isEmpty()) {
        return;
      }
    }
  }

  @Override
  boolean mayMatch(BlockSummary block) {
    for (RowTest test : tests) {
      if (!test.mayMatch(block)) {
        return false;
      }
    }
    return true;
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
