package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import io.logcaster.storage.BlockSummary;

/**
 * A compiled filter. Immutable or thread-safe: all workers of a query, and all batches of a live
 * filter, share one. It throws nothing but what the limits of the query throw.
 */
public abstract class RowMatcher {

  /** What matching one row costs, in comparisons of a number; roughly. Cheap matchers run first. */
  static final int CHEAP = 1;

  static final int EQUALITY = 10;

  static final int SEARCH = 100;

  static final int EXPENSIVE = 1000;

  /**
   * Narrows a selection to the rows that pass.
   *
   * @param rows the rows to look at; those that do not pass are cleared, no others are set
   */
  public abstract void retain(Frame frame, Bitmap rows);

  /**
   * Whether a block may have a row that passes, by its summary alone. May be wrong only by saying
   * yes.
   */
  public boolean mayMatch(BlockSummary block) {
    return true;
  }

  /** What matching one row costs, see {@link #CHEAP}. */
  abstract int cost();
}
