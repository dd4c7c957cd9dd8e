package io.logcaster.ingest;

import io.logcaster.record.Timestamps;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Reads the times that senders write. Times without a zone are local to a configured one; times
 * without a year are the latest that are not in the future. Remembers the last answers, because
 * neighbouring lines mostly share a second. Not thread-safe.
 */
public final class LocalTimes {

  /** Clocks that run ahead are forgiven this much before a time is taken for last year's. */
  private static final long AHEAD = 24 * 3_600L;

  /** Offsets change at multiples of a quarter of an hour, so one answer holds within it. */
  private static final long OFFSET_STEP = 900;

  private final ZoneId zone;

  private long now;

  private long offsetStep = Long.MIN_VALUE;

  private long offset;

  private final byte[] lastText = new byte[24];

  private long lastSecond;

  private boolean lastKnown;

  /**
   * Reads times of a zone.
   *
   * @param zone where times without a zone are taken from
   */
  public LocalTimes(ZoneId zone) {
    this.zone = zone;
  }

  /** Sets the present, which decides the year or day of times that lack it. */
  public void now(long nanos) {
    now = nanos;
  }

  public long now() {
    return now;
  }

  /**
   * Reads {@code 2006-01-02T15:04:05[.fraction][zone]}; where the zone is missing the time is
   * local.
   *
   * @return nanoseconds since the epoch, or {@link Timestamps#INVALID}
   */
  public long iso(byte[] bytes, int from, int to) {
    if (to - from < 20) {
      return (to - from == 19) ? local(Timestamps.parse(bytes, from, to)) : Timestamps.INVALID;
    }
    if (lastKnown && isLast(bytes, from)) {
      long fraction = utcFraction(bytes, from + 19, to);
      if (fraction >= 0) {
        return lastSecond + fraction;
      }
    }
    long time = Timestamps.parse(bytes, from, to);
    if (time == Timestamps.INVALID) {
      return time;
    }
    if (!hasZone(bytes, from + 19, to)) {
      return local(time);
    }
    if (utcFraction(bytes, from + 19, to) >= 0) {
      System.arraycopy(bytes, from, lastText, 0, 19);
      lastSecond = Math.floorDiv(time, Timestamps.SECOND) * Timestamps.SECOND;
      lastKnown = true;
    }
    return time;
  }

  private boolean isLast(byte[] bytes, int from) {
    return Bytes.word(bytes, from) == Bytes.word(lastText, 0)
        && Bytes.word(bytes, from + 8) == Bytes.word(lastText, 8)
        && Bytes.word(bytes, from + 11) == Bytes.word(lastText, 11);
  }

  /** The nanoseconds of {@code [.fraction]Z}, -1 for any other text. */
  private static long utcFraction(byte[] bytes, int from, int to) {
    if (bytes[to - 1] != 'Z') {
      return -1;
    }
    if (from == to - 1) {
      return 0;
    }
    int digits = to - 2 - from;
    if (bytes[from] != '.' || digits < 1 || digits > 9) {
      return -1;
    }
    long nanos = Bytes.digits(bytes, from + 1, digits);
    for (int i = digits; i < 9; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static boolean hasZone(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == 'Z' || b == 'z' || b == '+' || b == '-') {
        return true;
      }
    }
    return false;
  }

  /**
   * A time that was read as if it were UTC, moved to the configured zone.
   *
   * @param asUtc nanoseconds, or {@link Timestamps#INVALID}, which stays
   */
  public long local(long asUtc) {
    if (asUtc == Timestamps.INVALID) {
      return asUtc;
    }
    long second = Math.floorDiv(asUtc, Timestamps.SECOND);
    long step = Math.floorDiv(second, OFFSET_STEP);
    if (step != offsetStep) {
      LocalDateTime dateTime = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
      offset = zone.getRules().getOffset(dateTime).getTotalSeconds();
      offsetStep = step;
    }
    return asUtc - offset * Timestamps.SECOND;
  }

  /**
   * A local time without a year: the latest such time that is not more than a day ahead of now.
   *
   * @return nanoseconds since the epoch, or {@link Timestamps#INVALID} where there is no such day
   */
  public long inferYear(int month, int day, int secondOfDay, long nanos) {
    long nowSecond = Math.floorDiv(now, Timestamps.SECOND);
    int year = LocalDateTime.ofEpochSecond(nowSecond, 0, ZoneOffset.UTC).getYear() + 1;
    // Nine years hold a leap year always, which 29 February may need.
    for (int candidate = year; candidate > year - 9; candidate--) {
      if (day <= daysInMonth(candidate, month)) {
        long second = Timestamps.epochDay(candidate, month, day) * 86_400 + secondOfDay;
        long time = local(second * Timestamps.SECOND + nanos);
        if (Math.floorDiv(time, Timestamps.SECOND) <= nowSecond + AHEAD) {
          return time;
        }
      }
    }
    return Timestamps.INVALID;
  }

  /** A local time of a full date. */
  public long date(int year, int month, int day, int secondOfDay, long nanos) {
    if (year < 1678 || year > 2261 || month < 1 || month > 12) {
      return Timestamps.INVALID;
    }
    if (day < 1 || day > daysInMonth(year, month)) {
      return Timestamps.INVALID;
    }
    long second = Timestamps.epochDay(year, month, day) * 86_400 + secondOfDay;
    return local(second * Timestamps.SECOND + nanos);
  }

  /**
   * A local time without a date: the latest such time that is not more than an hour ahead of now.
   */
  public long inferDay(int secondOfDay, long nanos) {
    long day = Math.floorDiv(now, Timestamps.DAY) + 1;
    for (int i = 0; i < 3; i++) {
      long time = local((day - i) * Timestamps.DAY + secondOfDay * Timestamps.SECOND + nanos);
      if (time <= now + 3_600 * Timestamps.SECOND) {
        return time;
      }
    }
    return Timestamps.INVALID;
  }

  private static int daysInMonth(int year, int month) {
    return switch (month) {
      case 4, 6, 9, 11 -> 30;
      case 2 -> (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28;
      default -> 31;
    };
  }

  /**
   * The second of the day of {@code hh:mm:ss} at a place, -1 where no such time stands there.
   *
   * @param to the end of the text
   */
  public static int timeOfDay(byte[] bytes, int from, int to) {
    if (to - from < 8 || bytes[from + 2] != ':' || bytes[from + 5] != ':') {
      return -1;
    }
    int hour = Bytes.digits(bytes, from, 2);
    int minute = Bytes.digits(bytes, from + 3, 2);
    int second = Bytes.digits(bytes, from + 6, 2);
    if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 60) {
      return -1;
    }
    return hour * 3_600 + minute * 60 + second;
  }

  /**
   * Reads a time as a structured sender gives it: RFC 3339, or a number of seconds, milliseconds,
   * microseconds or nanoseconds since the epoch, told apart by size. Numbers too small to be a time
   * after 1973 are none: they are likelier a duration.
   *
   * @return nanoseconds since the epoch, or {@link Timestamps#INVALID}
   */
  public long any(byte[] bytes, int from, int to) {
    if (to - from >= 19 && bytes[from + 4] == '-') {
      return iso(bytes, from, to);
    }
    return epoch(bytes, from, to);
  }

  /** {@code 1.795265396966E9}, as Java writes the seconds of a double; a digit after the E. */
  private static long scientific(byte[] bytes, int from, int to) {
    int exponent = bytes[to - 1] - '0';
    int digits = to - 2 - from - 2;
    if (exponent < 8 || exponent > 9 || digits < 1 || digits > 17) {
      return Timestamps.INVALID;
    }
    int fraction = Math.max(0, digits - exponent);
    byte[] plain = new byte[exponent + 2 + fraction];
    Arrays.fill(plain, (byte) '0');
    plain[0] = bytes[from];
    System.arraycopy(bytes, from + 2, plain, 1, Math.min(digits, exponent));
    plain[exponent + 1] = '.';
    System.arraycopy(bytes, to - 2 - fraction, plain, exponent + 2, fraction);
    return epoch(plain, 0, plain.length);
  }

  private static long epoch(byte[] bytes, int from, int to) {
    if (to - from > 3 && bytes[from + 1] == '.' && (bytes[to - 2] | 0x20) == 'e') {
      return scientific(bytes, from, to);
    }
    int at = from;
    long whole = 0;
    while (at < to && Bytes.isDigit(bytes[at]) && at - from < 19) {
      whole = whole * 10 + bytes[at++] - '0';
    }
    if (at == from || whole < 100_000_000L) {
      return Timestamps.INVALID;
    }
    long unit =
        (whole < 100_000_000_000L)
            ? 1_000_000_000L
            : (whole < 100_000_000_000_000L)
                ? 1_000_000L
                : (whole < 100_000_000_000_000_000L) ? 1_000L : 1L;
    long nanos = whole * unit;
    if (at < to && bytes[at] == '.') {
      at++;
      for (long scale = unit / 10; at < to && Bytes.isDigit(bytes[at]); scale /= 10) {
        nanos += (bytes[at++] - '0') * scale;
      }
    }
    return (at == to && nanos / unit == whole) ? nanos : Timestamps.INVALID;
  }
}
