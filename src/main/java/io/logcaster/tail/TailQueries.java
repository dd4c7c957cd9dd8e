package io.logcaster.tail;

import jakarta.servlet.http.HttpServletRequest;

/** Understands the queries that readers send. */
@FunctionalInterface
interface TailQueries {

  /**
   * A query that was understood.
   *
   * @param text what it means; readers of the same text share their work
   */
  record Compiled(String text, TailQuery query) {}

  /**
   * Compiles the query of a request.
   *
   * @throws io.logcaster.system.ProblemException 400 where the query is wrong, or has a pipe that
   *     needs more than one row at a time
   */
  Compiled compile(HttpServletRequest request);
}
