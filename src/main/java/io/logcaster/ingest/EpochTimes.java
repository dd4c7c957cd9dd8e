package io.logcaster.ingest;

import io.logcaster.record.Timestamps;
import java.util.Arrays;

/**
 * Reads times that are numbers since the epoch: seconds, milliseconds, microseconds or nanoseconds,
 * distinguished by size. Only years from 2000 on are accepted, because smaller numbers are more
 * likely durations. Seconds and milliseconds more than a year ahead are rejected for the same
 * reason.
 */
final class EpochTimes {

  private static final long YEAR_2000 = 946_684_800L;

  /** Numbers of seconds are smaller than this until the year 2100. */
  private static final long YEAR_2100 = 4_102_444_800L;

  private static final long MAX_AHEAD = 366 * Timestamps.DAY;

  private EpochTimes() {}

  /**
   * Reads a number with or without a fraction or an exponent.
   *
   * @param now the current time in nanoseconds since the epoch; 0 if unknown
   * @return nanoseconds since the epoch, or {@link Timestamps#INVALID}
   */
  static long parse(byte[] bytes, int from, int to, long now) {
    if (to - from > 3 && bytes[from + 1] == '.' && (bytes[to - 2] | 0x20) == 'e') {
      return scientific(bytes, from, to, now);
    }
    int at = from;
    long whole = 0;
    while (at < to && Bytes.isDigit(bytes[at]) && at - from < 19) {
      whole = whole * 10 + bytes[at++] - '0';
    }
    long unit = unit(whole);
    if (unit == 0) {
      return Timestamps.INVALID;
    }
    long nanos = whole * unit;
    if (at < to && bytes[at] == '.') {
      at++;
      for (long scale = unit / 10; at < to && Bytes.isDigit(bytes[at]); scale /= 10) {
        nanos += (bytes[at++] - '0') * scale;
      }
    }
    boolean ahead = unit >= 1_000_000L && now > 0 && nanos > now + MAX_AHEAD;
    return (at == to && !ahead) ? nanos : Timestamps.INVALID;
  }

  /** The unit of a number, in nanoseconds; 0 if the number is not a time. */
  private static long unit(long whole) {
    long unit = Timestamps.SECOND;
    for (long factor = 1; unit > 0; factor *= 1_000, unit /= 1_000) {
      if (whole < YEAR_2000 * factor) {
        return 0;
      }
      if (unit == 1 || whole < YEAR_2100 * factor) {
        return unit;
      }
    }
    return 0;
  }

  /**
   * {@code 1.795265396966E9}, as Java prints seconds held in a double; the exponent has one digit.
   */
  private static long scientific(byte[] bytes, int from, int to, long now) {
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
    return parse(plain, 0, plain.length, now);
  }

  /** {@code /Date(1795946400000+0200)/}, as .NET wrote times; the offset is only for display. */
  static long dotNet(byte[] bytes, int from, int to) {
    int open = Bytes.indexOf(bytes, from, to, (byte) '(') + 1;
    int end = DateText.digitsEnd(bytes, Math.min(open, to), to);
    int close = end;
    if (close < to && (bytes[close] == '+' || bytes[close] == '-')) {
      close = DateText.digitsEnd(bytes, close + 1, to);
    }
    boolean whole =
        close + 2 == to && bytes[close] == ')' && bytes[close + 1] == '/' && end - open < 15;
    return whole ? millis(bytes, open, end) : Timestamps.INVALID;
  }

  private static long millis(byte[] bytes, int from, int to) {
    long millis = 0;
    for (int at = from; at < to; at++) {
      millis = millis * 10 + bytes[at] - '0';
    }
    return (to > from && millis < Long.MAX_VALUE / 1_000_000L)
        ? millis * 1_000_000L
        : Timestamps.INVALID;
  }
}
