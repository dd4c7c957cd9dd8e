package io.logcaster.ingest;

import io.logcaster.record.Timestamps;

/**
 * Reads the time at the beginning of a text.
 *
 * <pre>
 * 2026-11-29T10:00:00.123Z   2026/11/29 10:00:00,123   2026-11-29T10:00Z   2026:11:29-10:00:00
 * 20261129T100000.123Z   20261129 10:00:00   20261129100000   2026 Nov 29 10:00:00
 * 29/Nov/2026:10:00:00 +0100   29-Nov-2026 10:00:00.123   29 Nov 2026 10:00:00   29.11.2026 10:00:00
 * Nov 29 10:00:00   *Nov 29 10:00:00.663 UTC   Nov 29, 2026 10:00:00 AM   Nov 29 10:00:00 2026
 * Sun, 29 Nov 2026 10:00:00 GMT   Sunday, 29-Nov-26 10:00:00 GMT   Sun Nov 29 10:00:00 CET 2026
 * 11/29/2026 10:00:00 AM   29/11/2026 10:00:00
 * 10:00:00.123   10:00AM   26/11/29 10:00:00   261129 100000   11-29 10:00:00.123      (not sure)
 * </pre>
 *
 * <p>A zone may follow each of them, see {@link TimeZoneText}. Times of the last line have no full
 * date or look like other numbers: they are {@linkplain #isSure() not sure}, and count only if
 * something else shows that they are times. A date whose day and month could be swapped is read
 * only if one of the orders gives an invalid date or one in the future. Not thread-safe.
 */
final class TimeText {

  /** Characters that may follow a time. */
  private static final long[] ENDS = Bytes.setOf(" \t]),|:;}\"'\u001b\r");

  private final LocalTimes times;

  private final TimeZoneText zone;

  private final ClockText clock = new ClockText();

  private int year;

  private int month;

  private int day;

  private boolean sure;

  private long time;

  TimeText(LocalTimes times, TimeZoneText zone) {
    this.times = times;
    this.zone = zone;
  }

  /** The time that was read last, in nanoseconds since the epoch. */
  long time() {
    return time;
  }

  /** Whether the text that was read last is almost certainly a time. */
  boolean isSure() {
    return sure;
  }

  /** Reads a time; returns the index after it, -1 if there is none. */
  int read(byte[] bytes, int from, int to) {
    if (to - from < 6) {
      return -1;
    }
    sure = true;
    year = -1;
    byte first = bytes[from];
    if (Bytes.isDigit(first)) {
      return numeric(bytes, from, to);
    }
    if ((first == '*' || first == '.') && DateText.month(bytes, from + 1, to) > 0) {
      // Cisco marks the times of clocks that are not synchronised.
      return monthFirst(bytes, from + 1, to);
    }
    if (first < 'A' || first > 'W') {
      return -1;
    }
    if (DateText.month(bytes, from, to) > 0) {
      return monthFirst(bytes, from, to);
    }
    int date = DateText.afterWeekday(bytes, from, to);
    if (date < 0) {
      return -1;
    }
    return Bytes.isDigit(bytes[date])
        ? dayFirst(bytes, date, to)
        : (DateText.month(bytes, date, to) > 0) ? monthFirst(bytes, date, to) : -1;
  }

  private int numeric(byte[] bytes, int from, int to) {
    int end = DateText.digitsEnd(bytes, from, to);
    if (end == to && end - from < 14) {
      return -1;
    }
    return switch (end - from) {
      case 1, 2 -> shortNumber(bytes, from, end, to);
      case 4 -> yearFirst(bytes, from, to);
      case 6 -> shortCompact(bytes, from, to);
      case 8 -> compact(bytes, from, to);
      case 14, 17 -> wholeCompact(bytes, from, end, to);
      default -> -1;
    };
  }

  private int yearFirst(byte[] bytes, int from, int to) {
    year = Bytes.digits(bytes, from, 4);
    byte separator = bytes[from + 4];
    if (separator == ' ') {
      month = DateText.month(bytes, from + 5, to);
      int at = (month > 0) ? day(bytes, DateText.skipBlanks(bytes, from + 8, to), to) : -1;
      return (at < 0) ? -1 : clockAfter(bytes, at, to);
    }
    if (separator != '-' && separator != '/' && separator != '.' && separator != ':') {
      return -1;
    }
    int at = number(bytes, from + 5, to);
    month = number;
    if (at < 0 || at >= to || bytes[at] != separator) {
      return -1;
    }
    at = day(bytes, at + 1, to);
    return (at < 0) ? -1 : clockAfter(bytes, at, to);
  }

  /** {@code 20261129T100000.123} or {@code 20261129 10:00:00}. */
  private int compact(byte[] bytes, int from, int to) {
    byte separator = bytes[from + 8];
    if (separator != 'T' && separator != ' ' && separator != '-' && separator != 't') {
      return -1;
    }
    date(bytes, from);
    int at = clock.compact(bytes, from + 9, to);
    return finish(bytes, (at < 0) ? clock.read(bytes, from + 9, to) : at, to);
  }

  private int wholeCompact(byte[] bytes, int from, int end, int to) {
    date(bytes, from);
    if (year < 2000 || year >= 2100) {
      return -1;
    }
    int at = clock.compact(bytes, from + 8, from + 14);
    if (at > 0 && end - from == 17) {
      clock.millis(Bytes.digits(bytes, at, 3));
    }
    return finish(bytes, (at < 0) ? -1 : end, to);
  }

  private void date(byte[] bytes, int from) {
    year = Bytes.digits(bytes, from, 4);
    month = Bytes.digits(bytes, from + 4, 2);
    day = Bytes.digits(bytes, from + 6, 2);
  }

  /** {@code 1129 10:00:00.123456}, optionally with a year of two or four digits. */
  int readMonthDay(byte[] bytes, int from, int to) {
    int end = DateText.digitsEnd(bytes, from, to);
    int digits = end - from;
    if (digits != 4 && digits != 6 && digits != 8) {
      return -1;
    }
    year =
        switch (digits) {
          case 4 -> -1;
          case 6 -> DateText.fullYear(Bytes.digits(bytes, from, 2));
          default -> Bytes.digits(bytes, from, 4);
        };
    month = Bytes.digits(bytes, end - 4, 2);
    day = Bytes.digits(bytes, end - 2, 2);
    return clockAfter(bytes, end, to);
  }

  /** {@code 261129 100000} or {@code 261129 10:00:00}. */
  private int shortCompact(byte[] bytes, int from, int to) {
    if (bytes[from + 6] != ' ') {
      return -1;
    }
    sure = false;
    year = DateText.fullYear(Bytes.digits(bytes, from, 2));
    month = Bytes.digits(bytes, from + 2, 2);
    day = Bytes.digits(bytes, from + 4, 2);
    int start = DateText.skipBlanks(bytes, from + 6, to);
    int at = clock.compact(bytes, start, to);
    return finish(bytes, (at < 0) ? clock.read(bytes, start, to) : at, to);
  }

  private int shortNumber(byte[] bytes, int from, int end, int to) {
    byte separator = bytes[end];
    if (separator == ':') {
      return clockOnly(bytes, from, to);
    }
    if (separator == ' ' || (end + 1 < to && Bytes.isLetter(bytes[end + 1]))) {
      return dayFirst(bytes, from, to);
    }
    return (separator == '/' || separator == '-' || separator == '.')
        ? numbers(bytes, from, end, to)
        : -1;
  }

  /** A time of day without a date, which is of today or yesterday. */
  private int clockOnly(byte[] bytes, int from, int to) {
    sure = false;
    int at = clock.read(bytes, from, to);
    if (at < 0) {
      return -1;
    }
    int end = zone.read(bytes, at, to);
    if (end < 0 || !isEnded(bytes, end, to)) {
      return -1;
    }
    time = times.inferDay(zone, clock.second(), clock.nanos());
    return (time == Timestamps.INVALID) ? -1 : end;
  }

  /** {@code 29 Nov 2026 10:00:00}, or with dashes or slashes, and optionally without a year. */
  private int dayFirst(byte[] bytes, int from, int to) {
    int at = day(bytes, from, to);
    if (at < 0 || at + 5 > to) {
      return -1;
    }
    byte separator = bytes[at];
    if (separator != ' ' && separator != '-' && separator != '/') {
      return -1;
    }
    month = DateText.month(bytes, at + 1, to);
    if (month == 0) {
      return -1;
    }
    at = DateText.afterWord(bytes, at + 1, to);
    if (at >= to || bytes[at] != separator) {
      return -1;
    }
    int yearEnd = DateText.digitsEnd(bytes, at + 1, to);
    int digits = yearEnd - at - 1;
    boolean isYear = yearEnd < to && (bytes[yearEnd] != ':' || digits == 4);
    if (isYear && (digits == 4 || digits == 2)) {
      int number = Bytes.digits(bytes, at + 1, digits);
      year = (digits == 4) ? number : DateText.fullYear(number);
      return clockAfter(bytes, yearEnd, to);
    }
    return clockAfter(bytes, at, to);
  }

  /** {@code Nov 29 10:00:00}, with an optional year before or after the time of day. */
  private int monthFirst(byte[] bytes, int from, int to) {
    month = DateText.month(bytes, from, to);
    int at = DateText.afterWord(bytes, from, to);
    int start = DateText.skipBlanks(bytes, at, to);
    at = (start > at) ? day(bytes, start, to) : -1;
    if (at < 0) {
      return -1;
    }
    if (at < to && bytes[at] == ',') {
      at++;
    }
    int next = DateText.skipBlanks(bytes, at, to);
    if (next > at && DateText.digitsEnd(bytes, next, to) == next + 4) {
      year = Bytes.digits(bytes, next, 4);
      at = next + 4;
    }
    return clockAfter(bytes, at, to);
  }

  /** {@code 11/29/2026 10:00:00} and other dates whose order of numbers is ambiguous. */
  private int numbers(byte[] bytes, int from, int firstEnd, int to) {
    byte separator = bytes[firstEnd];
    int first = Bytes.digits(bytes, from, firstEnd - from);
    int at = number(bytes, firstEnd + 1, to);
    int second = number;
    if (at < 0 || at >= to) {
      return -1;
    }
    if (separator == '-' && bytes[at] == ' ') {
      // The format of Android's log.
      sure = false;
      month = first;
      day = second;
      return clockAfter(bytes, at, to);
    }
    int end = DateText.digitsEnd(bytes, at + 1, to);
    int digits = end - at - 1;
    if (bytes[at] != separator || (digits != 4 && digits != 2)) {
      return -1;
    }
    int third = Bytes.digits(bytes, at + 1, digits);
    int start = DateText.afterDate(bytes, end, to);
    int clockEnd = (start < 0) ? -1 : clock.read(bytes, start, to);
    if (clockEnd < 0 || !orderOf(separator, digits == 2, first, second, third)) {
      return -1;
    }
    return finish(bytes, clockEnd, to);
  }

  private boolean orderOf(byte separator, boolean shortYear, int first, int second, int third) {
    int last = shortYear ? DateText.fullYear(third) : third;
    sure = !shortYear;
    if (separator == '.') {
      return is(last, second, first);
    }
    boolean american = isPast(last, first, second);
    boolean european = isPast(last, second, first);
    if (shortYear) {
      int leading = DateText.fullYear(first);
      if (isPast(leading, second, third)) {
        // Most logs are recent, so the latest date is the likeliest.
        boolean younger =
            !(american && isAfter(last, first, second, leading, second, third))
                && !(european && isAfter(last, second, first, leading, second, third));
        return younger && is(leading, second, third);
      }
    }
    if (american && european && first != second && !clock.isTwelveHours()) {
      return false;
    }
    return american ? is(last, first, second) : european && is(last, second, first);
  }

  private boolean is(int year, int month, int day) {
    this.year = year;
    this.month = month;
    this.day = day;
    return true;
  }

  private static boolean isAfter(int y1, int m1, int d1, int y2, int m2, int d2) {
    return (y1 * 13 + m1) * 32 + d1 > (y2 * 13 + m2) * 32 + d2;
  }

  private boolean isPast(int year, int month, int day) {
    long midnight = DateText.midnight(year, month, day);
    return midnight != Timestamps.INVALID && midnight <= times.now() + Timestamps.DAY;
  }

  /** Reads the time of day after a date, and what follows it. */
  private int clockAfter(byte[] bytes, int at, int to) {
    int start = DateText.afterDate(bytes, at, to);
    return (start < 0) ? -1 : finish(bytes, clock.read(bytes, start, to), to);
  }

  /** Reads the zone and a year after the time of day; sets the time. */
  private int finish(byte[] bytes, int clockEnd, int to) {
    if (clockEnd < 0) {
      return -1;
    }
    int at = zone.read(bytes, clockEnd, to);
    if (at < 0) {
      return -1;
    }
    if (year < 0 && at + 5 <= to && bytes[at] == ' ') {
      int end = DateText.digitsEnd(bytes, at + 1, to);
      int number = (end == at + 5) ? Bytes.digits(bytes, at + 1, 4) : -1;
      if (number >= 1970 && number < 2100 && isEnded(bytes, end, to)) {
        year = number;
        at = zone.isWritten() ? end : zone.read(bytes, end, to);
      }
    }
    if (at < 0 || !isEnded(bytes, at, to)) {
      return -1;
    }
    time =
        (year < 0)
            ? times.inferYear(zone, month, day, clock.second(), clock.nanos())
            : times.date(zone, year, month, day, clock.second(), clock.nanos());
    return (time == Timestamps.INVALID) ? -1 : at;
  }

  static boolean isEnded(byte[] bytes, int at, int to) {
    return at >= to || Bytes.isOneOf(ENDS, bytes[at]);
  }

  /** The last number that was read. */
  private int number;

  /** Reads a number of one or two digits and returns the index after it; -1 for others. */
  private int number(byte[] bytes, int from, int to) {
    int end = DateText.digitsEnd(bytes, from, to);
    if (end == from || end - from > 2) {
      return -1;
    }
    number = Bytes.digits(bytes, from, end - from);
    return end;
  }

  private int day(byte[] bytes, int from, int to) {
    int end = number(bytes, from, to);
    day = number;
    return end;
  }
}
