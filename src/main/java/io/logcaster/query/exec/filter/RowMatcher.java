package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import io.logcaster.storage.BlockSummary;

/** A filter ready to run. Safe for use by many threads at once. */
public abstract class RowMatcher {

  /** What a test of one row costs, roughly, in comparisons of a number; cheap tests run first. */
  static final int CHEAP = 1;

  static final int EQUALITY = 10;

  static final int SEARCH = 100;

  static final int EXPENSIVE = 1000;

  /** Narrows a selection to the rows that pass. */
  public abstract void retain(Frame frame, Bitmap rows);

  /** Whether a block may have a row that passes; wrong only by saying yes. */
  public boolean mayMatch(BlockSummary block) {
    return true;
  }

  abstract int cost();
}
