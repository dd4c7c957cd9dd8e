package io.logcaster.query.ast;

import java.util.List;
import java.util.stream.Stream;

/** Records by their time, shifted back by an offset in nanoseconds. */
public record TimeFilter(
    Bound min, boolean minIncluded, Bound max, boolean maxIncluded, long offset, String text)
    implements Filter {

  /**
   * An end of a range.
   *
   * @param relative whether the times count from now
   * @param first the first nanosecond that the text means
   * @param last the last one; the same as {@code first} unless the text names a period such as a
   *     day. It is used where the bound is an included end
   */
  public record Bound(boolean relative, long first, long last) {

    /** No lower bound. */
    public static final Bound BEGINNING = new Bound(false, Long.MIN_VALUE, Long.MIN_VALUE);

    /** No upper bound. */
    public static final Bound END = new Bound(false, Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * The first nanosecond since the epoch.
     *
     * @param now the current time
     */
    public long first(long now) {
      return relative ? plus(now, first) : first;
    }

    long last(long now) {
      return relative ? plus(now, last) : last;
    }
  }

  /** The time filters that every record must pass in order to pass a filter. */
  public static List<TimeFilter> requiredBy(Filter filter) {
    Stream<Filter> required =
        (filter instanceof AndFilter and) ? and.filters().stream() : Stream.of(filter);
    return required.filter(TimeFilter.class::isInstance).map(TimeFilter.class::cast).toList();
  }

  /**
   * The earliest time that passes.
   *
   * @param now the current time in nanoseconds since the epoch
   */
  public long minTime(long now) {
    // An excluded start begins right after the first moment, not after the period that is named.
    long time = minIncluded ? min.first(now) : plus(min.first(now), 1);
    return min.equals(Bound.BEGINNING) ? Long.MIN_VALUE : plus(time, -offset);
  }

  /**
   * The latest time that passes.
   *
   * @param now the current time in nanoseconds since the epoch
   */
  public long maxTime(long now) {
    long time = maxIncluded ? max.last(now) : plus(max.first(now), -1);
    return max.equals(Bound.END) ? Long.MAX_VALUE : plus(time, -offset);
  }

  private static long plus(long time, long nanos) {
    long sum = time + nanos;
    if (((time ^ sum) & (nanos ^ sum)) < 0) {
      return (nanos < 0) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }

  @Override
  public void print(StringBuilder out) {
    out.append("_time:").append(text);
  }
}
