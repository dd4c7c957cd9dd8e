package io.logcaster.query;

/**
 * The time range beside a query.
 *
 * @param start the earliest time, included, in nanoseconds since the epoch
 * @param end the latest time, included
 */
record QueryRange(long start, long end) {

  /** All times. */
  static final QueryRange ALL = new QueryRange(Long.MIN_VALUE, Long.MAX_VALUE);
}
