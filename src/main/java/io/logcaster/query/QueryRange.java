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

  /** Whether the times of both ranges together are one range. */
  boolean touches(QueryRange other) {
    return isBeforeEnd(start, other.end) && isBeforeEnd(other.start, end);
  }

  private static boolean isBeforeEnd(long start, long end) {
    return end == Long.MAX_VALUE || start <= end + 1;
  }

  /** From the earlier start to the later end. */
  QueryRange span(QueryRange other) {
    return new QueryRange(Math.min(start, other.start), Math.max(end, other.end));
  }
}
