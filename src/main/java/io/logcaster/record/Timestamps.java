package io.logcaster.record;

import java.nio.charset.StandardCharsets;

/**
 * Converts between RFC 3339 text and nanoseconds since the epoch, on bytes and without objects. The
 * day count uses the proleptic Gregorian calendar with years that start in March, so that leap days
 * fall at the end of a year (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
 */
public final class Timestamps {

  /** The result of {@link #parse} for a text that is not a time. */
  public static final long INVALID = Long.MIN_VALUE;

  public static final long SECOND = 1_000_000_000L;

  public static final long DAY = 86_400 * SECOND;

  /** The longest text {@link #format} writes: {@code 2006-01-02T15:04:05.123456789Z}. */
  public static final int MAX_LENGTH = 30;

  private Timestamps() {}

  /**
   * Reads {@code 2006-01-02T15:04:05[.fraction][Z|±hh:mm|±hhmm]}; the separator may be a space or a
   * lower-case {@code t}, the fraction begins with a dot or a comma and is cut after nine digits,
   * no zone means UTC.
   *
   * @return nanoseconds since the epoch, or {@link #INVALID}
   */
  public static long parse(byte[] bytes, int from, int to) {
    if (to - from < 19
        || bytes[from + 4] != '-'
        || bytes[from + 7] != '-'
        || bytes[from + 13] != ':'
        || bytes[from + 16] != ':') {
      return INVALID;
    }
    byte separator = bytes[from + 10];
    if (separator != 'T' && separator != ' ' && separator != 't') {
      return INVALID;
    }
    int year = digits(bytes, from, 4);
    int month = digits(bytes, from + 5, 2);
    int day = digits(bytes, from + 8, 2);
    int hour = digits(bytes, from + 11, 2);
    int minute = digits(bytes, from + 14, 2);
    int second = digits(bytes, from + 17, 2);
    if ((year | month | day | hour | minute | second) < 0
        || month < 1
        || month > 12
        || day < 1
        || day > daysInMonth(year, month)
        || hour > 23
        || minute > 59
        || second > 60
        || year < 1678
        || year > 2261) {
      return INVALID;
    }
    int at = from + 19;
    long nanos = 0;
    if (at < to && (bytes[at] == '.' || bytes[at] == ',')) {
      int start = ++at;
      int scale = 100_000_000;
      while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
        nanos += (long) (bytes[at] - '0') * scale;
        scale /= 10;
        at++;
      }
      if (at == start) {
        return INVALID;
      }
    }
    long offset = zoneOffset(bytes, at, to);
    if (offset == INVALID) {
      return INVALID;
    }
    long seconds =
        epochDay(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + second - offset;
    return seconds * SECOND + nanos;
  }

  /** As {@link #parse(byte[], int, int)}, for a string. */
  public static long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /**
   * Reads the zone at the end of a time as seconds east of UTC; {@link #INVALID} if it is not a
   * zone.
   */
  private static long zoneOffset(byte[] bytes, int at, int to) {
    if (at == to) {
      return 0;
    }
    byte sign = bytes[at];
    if ((sign == 'Z' || sign == 'z') && at + 1 == to) {
      return 0;
    }
    if (sign != '+' && sign != '-') {
      return INVALID;
    }
    int length = to - at;
    int hours = (length >= 3) ? digits(bytes, at + 1, 2) : -1;
    int minutes =
        switch (length) {
          case 3 -> 0;
          case 5 -> digits(bytes, at + 3, 2);
          case 6 -> (bytes[at + 3] == ':') ? digits(bytes, at + 4, 2) : -1;
          default -> -1;
        };
    if (hours < 0 || minutes < 0 || hours > 18 || minutes > 59) {
      return INVALID;
    }
    long seconds = hours * 3_600L + minutes * 60L;
    return (sign == '-') ? -seconds : seconds;
  }

  /** The number that decimal digits at an index spell; -1 if one is not a digit. */
  private static int digits(byte[] bytes, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static int daysInMonth(int year, int month) {
    return switch (month) {
      case 4, 6, 9, 11 -> 30;
      case 2 -> (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28;
      default -> 31;
    };
  }

  /** The number of days from 1970-01-01 to a date. */
  public static long epochDay(int year, int month, int day) {
    long y = (month <= 2) ? year - 1L : year;
    long era = Math.floorDiv(y, 400L);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month + ((month > 2) ? -3 : 9)) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  /**
   * Prints a time as {@code 2006-01-02T15:04:05[.fraction]Z}, the fraction without trailing zeros.
   *
   * @param nanos nanoseconds since the epoch
   * @param target where to write to, with room for {@link #MAX_LENGTH} bytes
   * @param at where to begin
   * @return the index after the last byte written
   */
  public static int format(long nanos, byte[] target, int at) {
    long seconds = Math.floorDiv(nanos, SECOND);
    int fraction = (int) (nanos - seconds * SECOND);
    long days = Math.floorDiv(seconds, 86_400L);
    int secondOfDay = (int) (seconds - days * 86_400);
    long shifted = days + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = (monthFromMarch < 10) ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = (int) (yearOfEra + era * 400) + ((month <= 2) ? 1 : 0);
    two(year / 100, target, at);
    two(year % 100, target, at + 2);
    target[at + 4] = '-';
    two(month, target, at + 5);
    target[at + 7] = '-';
    two(day, target, at + 8);
    target[at + 10] = 'T';
    two(secondOfDay / 3_600, target, at + 11);
    target[at + 13] = ':';
    two(secondOfDay / 60 % 60, target, at + 14);
    target[at + 16] = ':';
    two(secondOfDay % 60, target, at + 17);
    int end = at + 19;
    if (fraction != 0) {
      target[end++] = '.';
      for (int scale = 100_000_000; fraction != 0; scale /= 10) {
        target[end++] = (byte) ('0' + fraction / scale);
        fraction %= scale;
      }
    }
    target[end++] = 'Z';
    return end;
  }

  /** As {@link #format(long, byte[], int)}, as a string. */
  public static String format(long nanos) {
    byte[] target = new byte[MAX_LENGTH];
    return new String(target, 0, format(nanos, target, 0), StandardCharsets.US_ASCII);
  }

  private static void two(int value, byte[] target, int at) {
    target[at] = (byte) ('0' + value / 10);
    target[at + 1] = (byte) ('0' + value % 10);
  }
}
