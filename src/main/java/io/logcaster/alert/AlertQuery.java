package io.logcaster.alert;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** A rule's query, compiled once and run often. Thread-safe. */
interface AlertQuery {

  /**
   * Runs the query; returns the value of each group.
   *
   * @param start the earliest time of the records that count, included
   * @param end the latest time, excluded
   * @throws IOException if stored records could not be read, or the query timed out
   */
  List<GroupValue> ask(Instant start, Instant end) throws IOException;

  /** Whether a value never decreases with one more record, as with counts. */
  default boolean growsWithRecords() {
    return false;
  }

  /** Compiles the queries of rules. */
  @FunctionalInterface
  interface Compiler {

    /**
     * @throws io.logcaster.system.ProblemException 400 if the query is invalid or does not end with
     *     a stats pipe that has a column {@code value}
     */
    AlertQuery compile(String query);
  }
}
