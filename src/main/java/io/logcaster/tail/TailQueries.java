package io.logcaster.tail;

import jakarta.servlet.http.HttpServletRequest;

/** Compiles the queries of readers. */
@FunctionalInterface
interface TailQueries {

  /**
   * A compiled query.
   *
   * @param text its canonical text; readers with the same text share the work
   * @param taken whether records that are not stored are shown
   */
  record Compiled(String text, TailQuery query, TakenView taken) {}

  /**
   * Compiles the query of a request, with its argument {@code taken}.
   *
   * @throws io.logcaster.system.ProblemException 400 if the query is invalid or has a pipe that
   *     needs more than one row at a time
   */
  Compiled compile(HttpServletRequest request);
}
