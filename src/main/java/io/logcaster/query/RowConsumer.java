package io.logcaster.query;

/** Takes the rows of a result as they are found, one call at a time. */
@FunctionalInterface
interface RowConsumer {

  /**
   * Takes rows; never called by two threads at once.
   *
   * @return whether more rows are wanted
   */
  boolean accept(ResultRows rows);
}
