package io.logcaster.query.ast;

/** Records by the time of day, in nanoseconds since midnight, both included. */
public record DayRangeFilter(long from, long to, long offset, String text) implements Filter {

  @Override
  public void print(StringBuilder out) {
    out.append("_time:day_range").append(text);
  }
}
