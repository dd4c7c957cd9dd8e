package io.logcaster.query.exec.frame;

import io.logcaster.record.Bitmap;

/** Takes the rows that a query, or one of its operators, makes. */
@FunctionalInterface
public interface RowSink {

  /**
   * Takes rows. Several workers may call this at the same time, each with a number of its own; a
   * number is never used by two threads at the same time.
   *
   * @param frame the rows, with others; immutable, readable until the query ends
   * @param rows which rows of the frame are meant, at least one; belongs to the sink from now on,
   *     which may change it, so that the caller no longer reads it
   * @param worker the worker's number, from 0 to the number of workers less 1
   * @return whether more rows are wanted. False ends the scan soon, on all workers; until then,
   *     more rows may be pushed, which the sink ignores
   * @throws io.logcaster.query.exec.budget.QueryAbortedException if the query was cancelled, or
   *     takes too much time or memory
   */
  boolean push(Frame frame, Bitmap rows, int worker);
}
