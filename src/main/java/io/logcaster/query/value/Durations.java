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
    double total = 0;
    while (at < to) {
      int start = at;
      while (at < to
          && ((bytes[at] >= '0' && bytes[at] <= '9') || bytes[at] == '.' || bytes[at] == '_')) {
        at++;
      }
      if (at == start) {
        return INVALID;
      }
      double value = Numbers.decimal(bytes, start, at);
      int unit = at;
      while (at < to && (bytes[at] < '0' || bytes[at] > '9') && bytes[at] != '.') {
        at++;
      }
      long nanos = unit(bytes, unit, at);
      if (nanos == 0 || Double.isNaN(value)) {
        return INVALID;
      }
      total += value * nanos;
    }
    if (total >= Long.MAX_VALUE) {
      return INVALID;
    }
    long nanos = Math.round(total);
    return negative ? -nanos : nanos;
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

  /** Prints a duration in the largest units: {@code 3m30.123456789s}; days and more as hours. */
  public static String format(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    long rest = nanos;
    if (rest < 0) {
      text.append('-');
      rest = -rest;
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
