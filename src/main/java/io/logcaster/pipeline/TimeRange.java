package io.logcaster.pipeline;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.RowFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects the records whose time is acceptable: not before 1970, not older than the retention, and
 * not more than two days ahead. A clock that is off by a time zone or a day is a common mistake and
 * is accepted. A clock that is further off is broken, and its records would outlive the retention
 * of all others.
 */
final class TimeRange implements RowFilter {

  static final Duration MAX_AHEAD = Duration.ofDays(2);

  private final Clock clock;
  private final @Nullable Duration maxAge;

  TimeRange(Clock clock, @Nullable Duration maxAge) {
    this.clock = clock;
    this.maxAge = maxAge;
  }

  @Override
  public void retain(RecordBatch batch, Bitmap rows) {
    long latest = latest();
    long earliest = earliest();
    if (batch.minTime() >= earliest && batch.maxTime() <= latest) {
      return;
    }
    long[] times = batch.times();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (times[row] < earliest || times[row] > latest) {
        rows.clear(row);
      }
    }
  }

  /** The latest acceptable time, in nanoseconds since the epoch. */
  long latest() {
    return nanos(clock.instant().plus(MAX_AHEAD));
  }

  /** The earliest acceptable time. */
  long earliest() {
    return (maxAge != null) ? Math.max(0, nanos(clock.instant().minus(maxAge))) : 0;
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), Timestamps.SECOND), instant.getNano());
  }
}
