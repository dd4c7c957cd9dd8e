package io.logcaster.query.value;

import java.nio.charset.StandardCharsets;

/**
 * Durations in nanoseconds as text: {@code 1h5m35s}, {@code 2.5d}, {@code -1w}. Units are {@code ns
 * µs ms s m h d w y}; a year has 365 days.
 */
public final class Durations {

  /** What {@link #parse} gives for a text that is not a duration. */
  public static final long INVALID = Long.MIN_VALUE;

  private static final long MICRO = 1_000L;

  private static final long MILLI = 1_000_000L;

  private static final long SECOND = 1_000_000_000L;

  private static final long MINUTE = 60 * SECOND;

  private static final long HOUR = 60 * MINUTE;

  private static final long DAY = 24 * HOUR;

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @return nanoseconds, or {@link #INVALID}
   */
  public static long parse(byte[] bytes, int from, int to) {
    if (from == to) {
      return INVALID;
    }
    boolean negative = bytes[from] == '-';
    int at = negative ? from + 1 : from;
    if (at == to) {
      return INVALID;
    }
    long total = 0;
    while (at < to) {
      int start = at;
      while (at < to
          && ((bytes[at] >= '0' && bytes[at] <= '9') || bytes[at] == '.' || bytes[at] == '_')) {
        at++;
      }
      if (at == start) {
        return INVALID;
      }
      int number = at;
      int unit = at;
      while (at < to && (bytes[at] < '0' || bytes[at] > '9') && bytes[at] != '.') {
        at++;
      }
      long nanos = unit(bytes, unit, at);
      long part = (nanos == 0) ? INVALID : multiply(bytes, start, number, nanos);
      if (part < 0 || part > Long.MAX_VALUE - total) {
        return INVALID;
      }
      total += part;
    }
    return negative ? -total : total;
  }

  /** A number of units in nanoseconds, the whole units without rounding. */
  private static long multiply(byte[] bytes, int from, int to, long unit) {
    double value = Numbers.decimal(bytes, from, to);
    if (!(value * unit < Long.MAX_VALUE)) {
      return INVALID;
    }
    if (value < ExactNumbers.INEXACT && value == (long) value) {
      return ((long) value) * unit;
    }
    int dot = from;
    long whole = 0;
    for (; dot < to && bytes[dot] != '.'; dot++) {
      // The value is below the largest long, so that this is, too.
      whole = (bytes[dot] == '_') ? whole : whole * 10 + bytes[dot] - '0';
    }
    double fraction = (dot + 1 < to) ? Numbers.decimal(bytes, dot, to) : 0;
    return whole * unit + Math.round(fraction * unit);
  }

  /** As {@link #parse(byte[], int, int)}, for a string. */
  public static long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  private static long unit(byte[] bytes, int from, int to) {
    int length = to - from;
    byte first = (length > 0) ? bytes[from] : 0;
    if (length == 1) {
      return switch (first) {
        case 's' -> SECOND;
        case 'm' -> MINUTE;
        case 'h' -> HOUR;
        case 'd' -> DAY;
        case 'w' -> 7 * DAY;
        case 'y' -> 365 * DAY;
        default -> 0;
      };
    }
    if (length < 2 || length > 3 || bytes[to - 1] != 's') {
      return 0;
    }
    if (length == 2) {
      return switch (first) {
        case 'n' -> 1;
        case 'm' -> MILLI;
        default -> 0;
      };
    }
    // The micro sign and the Greek letter mu.
    int sign = (first & 0xff) << 8 | (bytes[from + 1] & 0xff);
    return (sign == 0xC2B5 || sign == 0xCEBC) ? MICRO : 0;
  }

  /**
   * Prints a duration in the largest units up to days: {@code 3m30.123456789s}; zero is {@code 0}.
   */
  public static String format(long nanos) {
    if (nanos == 0) {
      return "0";
    }
    StringBuilder text = new StringBuilder();
    long rest = nanos;
    if (rest < 0) {
      text.append('-');
      // The smallest number has no negative.
      rest = -Math.max(rest, -Long.MAX_VALUE);
    }
    if (rest >= DAY) {
      text.append(rest / DAY).append('d');
      rest %= DAY;
    }
    if (rest >= HOUR) {
      text.append(rest / HOUR).append('h');
      rest %= HOUR;
    }
    if (rest >= MINUTE) {
      text.append(rest / MINUTE).append('m');
      rest %= MINUTE;
    }
    if (rest == 0) {
      return text.toString();
    }
    if (rest >= SECOND) {
      fraction(text, rest, SECOND, "s");
    } else if (text.length() > 1) {
      fraction(text, rest, SECOND, "s");
    } else if (rest >= MILLI) {
      fraction(text, rest, MILLI, "ms");
    } else if (rest >= MICRO) {
      fraction(text, rest, MICRO, "µs");
    } else {
      text.append(rest).append("ns");
    }
    return text.toString();
  }

  private static void fraction(StringBuilder text, long nanos, long unit, String name) {
    text.append(nanos / unit);
    long rest = nanos % unit;
    if (rest != 0) {
      String digits = Long.toString(unit + rest).substring(1);
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      text.append('.').append(digits, 0, end);
    }
    text.append(name);
  }
}
