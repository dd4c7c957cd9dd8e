package io.logcaster.tail;

/** Understands the queries that readers send. */
@FunctionalInterface
interface TailQueries {

  /**
   * Compiles a query.
   *
   * @throws io.logcaster.system.ProblemException 400 where the query is wrong, or has a pipe that
   *     needs more than one row at a time
   */
  TailQuery compile(String query);
}
