package io.logcaster.ingest;

import io.logcaster.record.Timestamps;

/** Parses the parts of dates: names of months and weekdays, two-digit years, separators. */
final class DateText {

  private static final int LONGEST_WORD = 9;

  private DateText() {}

  /**
   * The number of the month whose English name, full or abbreviated to three letters, is at an
   * index; 0 if there is none.
   */
  static int month(byte[] bytes, int at, int to) {
    if (at + 3 > to) {
      return 0;
    }
    int name = (bytes[at] & 0xDF) << 16 | (bytes[at + 1] | 0x20) << 8 | (bytes[at + 2] | 0x20);
    return switch (name) {
      case 0x4A616E -> 1;
      case 0x466562 -> 2;
      case 0x4D6172 -> 3;
      case 0x417072 -> 4;
      case 0x4D6179 -> 5;
      case 0x4A756E -> 6;
      case 0x4A756C -> 7;
      case 0x417567 -> 8;
      case 0x536570 -> 9;
      case 0x4F6374 -> 10;
      case 0x4E6F76 -> 11;
      case 0x446563 -> 12;
      default -> 0;
    };
  }

  /**
   * The index of the date after {@code Sun }, {@code Sun, } or {@code Sunday, }; -1 if there is no
   * weekday.
   */
  static int afterWeekday(byte[] bytes, int from, int to) {
    int name = bytes[from] << 16 | bytes[from + 1] << 8 | bytes[from + 2];
    boolean weekday =
        switch (name) {
          case 0x4D6F6E, 0x547565, 0x576564, 0x546875, 0x467269, 0x536174, 0x53756E -> true;
          default -> false;
        };
    int at = weekday ? afterWord(bytes, from, to) : to;
    if (at < to && bytes[at] == ',') {
      at++;
    }
    int next = skipBlanks(bytes, at, to);
    return (next > at && next < to) ? next : -1;
  }

  /** The index after a word of letters, at most as long as the longest name of a month. */
  static int afterWord(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && at - from < LONGEST_WORD && Bytes.isLetter(bytes[at])) {
      at++;
    }
    return at;
  }

  static int skipBlanks(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    return at;
  }

  static int digitsEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && Bytes.isDigit(bytes[at])) {
      at++;
    }
    return at;
  }

  /** The index of the time of day after a date; -1 if nothing separates them. */
  static int afterDate(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == ',' || bytes[at] == ':' || bytes[at] == '-')) {
      at++;
    }
    if (at < to && (bytes[at] == 'T' || bytes[at] == 't' || bytes[at] == '_')) {
      return at + 1;
    }
    while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    return (at > from && at < to) ? at : -1;
  }

  /** Expands a two-digit year as POSIX does. */
  static int fullYear(int twoDigits) {
    return (twoDigits < 69 ? 2000 : 1900) + twoDigits;
  }

  /** The beginning of a day in UTC, or {@link Timestamps#INVALID} if there is no such day. */
  static long midnight(int year, int month, int day) {
    if (year < 1678 || year > 2261 || month < 1 || month > 12 || day < 1) {
      return Timestamps.INVALID;
    }
    return (day > daysInMonth(year, month))
        ? Timestamps.INVALID
        : Timestamps.epochDay(year, month, day) * Timestamps.DAY;
  }

  static int daysInMonth(int year, int month) {
    return switch (month) {
      case 4, 6, 9, 11 -> 30;
      case 2 -> (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28;
      default -> 31;
    };
  }
}
