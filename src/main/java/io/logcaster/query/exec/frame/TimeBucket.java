package io.logcaster.query.exec.frame;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Timestamps;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Buckets of time.
 *
 * @param step the width in nanoseconds; a day for months and years, which consist of days
 * @param origin a time at which a step begins
 * @param calendar {@code month} or {@code year}, whose width varies; empty for a fixed width
 */
public record TimeBucket(long step, long origin, String calendar) {

  /** Weeks begin on Monday; the first one since the epoch was its fifth day. */
  private static final long FIRST_MONDAY = 4 * Timestamps.DAY;

  /** The buckets of a field of {@code stats by}. */
  public static TimeBucket of(Bucket bucket) {
    // Local time is UTC + offset, so that local midnight comes earlier by the offset.
    long origin = (bucket.step().equals("week") ? FIRST_MONDAY : 0) - (long) bucket.offset();
    Long named = Bucket.NAMED_STEPS.get(bucket.step());
    if (named != null && named == 0) {
      return new TimeBucket(Timestamps.DAY, origin, bucket.step());
    }
    long step = (named != null) ? named : Math.max(1, (long) Numbers.parse(bucket.step()));
    return new TimeBucket(step, origin, "");
  }

  /** The beginning of the bucket that a time is in. */
  public long start(long time) {
    return calendar.isEmpty() ? stepStart(time) : calendarStart(time - origin) + origin;
  }

  /** The beginning of the step that a time is in; all times of a step are in the same bucket. */
  long stepStart(long time) {
    return Math.floorDiv(time - origin, step) * step + origin;
  }

  /** The beginning of the bucket after the one that begins at a time. */
  public long next(long start) {
    // No month or year is longer, so this time is in the next bucket.
    long width = calendar.isEmpty() ? step : (calendar.equals("year") ? 366 : 31) * Timestamps.DAY;
    return start(start + width);
  }

  public boolean isSame(long time, long other) {
    return start(time) == start(other);
  }

  private long calendarStart(long time) {
    LocalDate date =
        Instant.ofEpochSecond(Math.floorDiv(time, Timestamps.SECOND))
            .atOffset(ZoneOffset.UTC)
            .toLocalDate();
    int month = calendar.equals("year") ? 1 : date.getMonthValue();
    return Timestamps.epochDay(date.getYear(), month, 1) * Timestamps.DAY;
  }
}
