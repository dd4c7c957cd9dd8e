package io.logcaster.sink;

import io.logcaster.query.value.Durations;
import io.logcaster.record.Timestamps;
import io.logcaster.system.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** Times, durations and sizes as users write them. */
final class SinkTimes {

  private static final long SECOND = 1_000_000_000L;

  private SinkTimes() {}

  /**
   * Reads a time: RFC 3339, or how long ago it was, such as {@code 2h}.
   *
   * @return nanoseconds since the epoch
   */
  static long parse(String property, String text, Clock clock) {
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    long ago = Durations.parse(bytes, 0, bytes.length);
    if (ago != Durations.INVALID && ago >= 0) {
      return clock.millis() * 1_000_000 - ago;
    }
    long time = Timestamps.parse(text.strip());
    if (time == Timestamps.INVALID) {
      throw ProblemException.invalidProperty(
          property, "must be a time such as 2026-11-21T12:00:00Z, or how long ago, such as 2h");
    }
    return time;
  }

  /** A time after all records that are stored: two days ahead is as late as they may be. */
  static long after(Clock clock) {
    return clock.millis() * 1_000_000 + 3 * 24 * 3_600 * SECOND;
  }

  static Duration duration(String property, String text) {
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    long nanos = Durations.parse(bytes, 0, bytes.length);
    if (nanos == Durations.INVALID || nanos < 0) {
      throw ProblemException.invalidProperty(property, "must be a duration such as 500ms or 1s");
    }
    return Duration.ofNanos(nanos);
  }

  static String print(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1_000 != 0 || millis == 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return (seconds % 60 == 0) ? seconds / 60 + "m" : seconds + "s";
  }

  static String print(long bytes) {
    String[] units = {"B", "KB", "MB", "GB"};
    long value = bytes;
    int unit = 0;
    while (unit < units.length - 1 && value > 0 && value % 1_024 == 0) {
      value /= 1_024;
      unit++;
    }
    return value + units[unit];
  }
}
