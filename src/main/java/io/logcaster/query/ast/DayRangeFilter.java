package io.logcaster.query.ast;

/**
 * Records by the time of day, in nanoseconds since midnight, both included.
 *
 * @param overMidnight whether the range crosses midnight, such as 22:00 to 06:00
 * @param offset how far local time is ahead of UTC, in nanoseconds
 */
public record DayRangeFilter(long from, long to, boolean overMidnight, long offset, String text)
    implements Filter {

  @Override
  public void print(StringBuilder out) {
    out.append("_time:day_range").append(text);
  }
}
