package io.logcaster.alert;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** A rule's query, understood once and asked often. Safe for use by many threads at once. */
interface AlertQuery {

  /**
   * The value of each group.
   *
   * @param start the earliest time of the records that count, included
   * @param end the latest time, not included
   * @throws IOException if stored records could not be read, or not in time
   */
  List<GroupValue> ask(Instant start, Instant end) throws IOException;

  /** Whether one more record never makes a value smaller, as it is with counts. */
  default boolean growsWithRecords() {
    return false;
  }

  /** Understands the queries of rules. */
  @FunctionalInterface
  interface Compiler {

    /**
     * @throws io.logcaster.system.ProblemException 400 where the query is wrong, does not end in a
     *     stats pipe, or that pipe has no column {@code value}
     */
    AlertQuery compile(String query);
  }
}
