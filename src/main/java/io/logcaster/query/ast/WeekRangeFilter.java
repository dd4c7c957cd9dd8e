package io.logcaster.query.ast;

/**
 * Records by the day of the week.
 *
 * @param days a bit for each day that passes, the lowest for Sunday
 * @param offset how far local time is ahead of UTC, in nanoseconds
 */
public record WeekRangeFilter(int days, long offset, String text) implements Filter {

  /** Creates the filter of a range that may cross the weekend, such as Friday to Monday. */
  public static WeekRangeFilter of(
      int from, boolean fromIncluded, int to, boolean toIncluded, long offset, String text) {
    int count = Math.floorMod(to - from, 7) + 1;
    int days = 0;
    for (int i = fromIncluded ? 0 : 1; i < (toIncluded ? count : count - 1); i++) {
      days |= 1 << (from + i) % 7;
    }
    return new WeekRangeFilter(days, offset, text);
  }

  @Override
  public void print(StringBuilder out) {
    out.append("_time:week_range").append(text);
  }
}
