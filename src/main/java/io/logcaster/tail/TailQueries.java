package io.logcaster.tail;

import jakarta.servlet.http.HttpServletRequest;

/** Compiles the queries of readers. */
@FunctionalInterface
interface TailQueries {

  /**
   * A compiled query.
   *
   * @param text its canonical text; readers with the same text share the work
   */
  record Compiled(String text, TailQuery query) {}

  /**
   * Compiles the query of a request.
   *
   * @throws io.logcaster.system.ProblemException 400 if the query is invalid or has a pipe that
   *     needs more than one row at a time
   */
  Compiled compile(HttpServletRequest request);
}
