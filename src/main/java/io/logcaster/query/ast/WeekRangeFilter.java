package io.logcaster.query.ast;

/** Records by the day of the week, 0 for Sunday, both included. */
public record WeekRangeFilter(int from, int to, long offset, String text) implements Filter {

  @Override
  public void print(StringBuilder out) {
    out.append("_time:week_range").append(text);
  }
}
