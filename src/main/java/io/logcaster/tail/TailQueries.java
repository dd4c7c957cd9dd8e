package io.logcaster.tail;

import io.logcaster.storage.RowFilter;

/** Understands the queries that readers send. */
@FunctionalInterface
interface TailQueries {

  /**
   * Compiles a query that is a filter alone.
   *
   * @throws io.logcaster.system.ProblemException 400 where the query is wrong or has pipes
   */
  RowFilter filter(String query);
}
