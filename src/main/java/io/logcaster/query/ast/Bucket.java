package io.logcaster.query.ast;

import io.logcaster.query.value.Durations;
import io.logcaster.query.value.Numbers;
import java.util.Map;

/**
 * A field to group by.
 *
 * @param field its name
 * @param step the width of a bucket as a number, a duration, {@code /24} for networks or a named
 *     step; empty to group by the value itself
 * @param offset how far buckets are shifted: a number, of nanoseconds for times
 */
public record Bucket(String field, String step, double offset) {

  /** Steps with a name, and their lengths in nanoseconds; 0 for months and years, which vary. */
  public static final Map<String, Long> NAMED_STEPS =
      Map.of(
          "nanosecond", 1L,
          "microsecond", 1_000L,
          "millisecond", 1_000_000L,
          "second", 1_000_000_000L,
          "minute", 60_000_000_000L,
          "hour", 3_600_000_000_000L,
          "day", 86_400_000_000_000L,
          "week", 604_800_000_000_000L,
          "month", 0L,
          "year", 0L);

  /** Groups by the value itself. */
  public Bucket(String field) {
    this(field, "", 0);
  }

  void print(StringBuilder out) {
    Text.quote(out, field);
    if (!step.isEmpty()) {
      out.append(':').append(step);
      if (offset != 0) {
        out.append(" offset ")
            .append(
                (offset == Math.rint(offset))
                    ? Durations.format((long) offset)
                    : Numbers.format(offset));
      }
    }
  }
}
