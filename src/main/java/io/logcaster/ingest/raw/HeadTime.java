package io.logcaster.ingest.raw;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.syslog.BsdHead;
import io.logcaster.record.Timestamps;

/** Reads the time at the beginning of a line of a log file. Not thread-safe. */
final class HeadTime {

  private final LocalTimes times;

  /** RFC 3339 text that a spelling is turned into. */
  private final byte[] scratch = new byte[40];

  private long time;

  HeadTime(LocalTimes times) {
    this.times = times;
  }

  /** The time that was read last. */
  long time() {
    return time;
  }

  /** Reads a time and returns the index after it; -1 where none stands there. */
  int parse(byte[] bytes, int from, int to) {
    if (to - from < 8) {
      return -1;
    }
    byte first = bytes[from];
    if (first == '[') {
      int at = bracketed(bytes, from + 1, to);
      return (at > 0 && at < to && bytes[at] == ']') ? at + 1 : -1;
    }
    return Bytes.isDigit(first) ? plain(bytes, from, to) : -1;
  }

  private int plain(byte[] bytes, int from, int to) {
    int at =
        switch (bytes[from + 2]) {
          case ':' -> clock(bytes, from, to);
          case '/' -> shortDate(bytes, from, to);
          default -> (bytes[from + 6] == ' ') ? compact(bytes, from, to) : iso(bytes, from, to);
        };
    boolean ended = at == to || (at > 0 && (bytes[at] == ' ' || bytes[at] == ']'));
    return (ended && time != Timestamps.INVALID) ? at : -1;
  }

  /** {@code 2006-01-02T15:04:05}, with a space or slashes, a fraction and a zone. */
  private int iso(byte[] bytes, int from, int to) {
    if (to - from < 19 || bytes[from + 4] != bytes[from + 7] || bytes[from + 13] != ':') {
      return -1;
    }
    int at = from + 19;
    if (at < to && (bytes[at] == '.' || bytes[at] == ',')) {
      at++;
      while (at < to && Bytes.isDigit(bytes[at])) {
        at++;
      }
    }
    if (at < to && (bytes[at] == 'Z' || bytes[at] == '+' || bytes[at] == '-')) {
      at++;
      while (at < to && (Bytes.isDigit(bytes[at]) || bytes[at] == ':')) {
        at++;
      }
      if (bytes[at - 1] == ':') {
        at--;
      }
    }
    int length = at - from;
    if (bytes[from + 4] == '-') {
      time = times.iso(bytes, from, at);
    } else if (bytes[from + 4] == '/' && length <= scratch.length) {
      System.arraycopy(bytes, from, scratch, 0, length);
      scratch[4] = '-';
      scratch[7] = '-';
      time = times.iso(scratch, 0, length);
    } else {
      return -1;
    }
    if (at < to && bytes[at] == ':') {
      at++;
    }
    return at;
  }

  /** {@code 15:04:05.123}, today's or yesterday's. */
  private int clock(byte[] bytes, int from, int to) {
    int second = LocalTimes.timeOfDay(bytes, from, to);
    if (second < 0 || to - from < 13 || (bytes[from + 8] != '.' && bytes[from + 8] != ',')) {
      return -1;
    }
    int millis = Bytes.digits(bytes, from + 9, 3);
    if (millis < 0) {
      return -1;
    }
    time = times.inferDay(second, millis * 1_000_000L);
    return from + 12;
  }

  /** {@code 06/01/02 15:04:05}. */
  private int shortDate(byte[] bytes, int from, int to) {
    if (to - from < 17 || bytes[from + 5] != '/' || bytes[from + 8] != ' ') {
      return -1;
    }
    return date(bytes, from, from + 3, from + 6, LocalTimes.timeOfDay(bytes, from + 9, to), 17);
  }

  /** {@code 060102 150405}. */
  private int compact(byte[] bytes, int from, int to) {
    if (to - from < 13) {
      return -1;
    }
    int hour = Bytes.digits(bytes, from + 7, 2);
    int minute = Bytes.digits(bytes, from + 9, 2);
    int second = Bytes.digits(bytes, from + 11, 2);
    boolean valid = (hour | minute | second) >= 0 && hour < 24 && minute < 60 && second <= 60;
    return date(
        bytes, from, from + 2, from + 4, valid ? hour * 3_600 + minute * 60 + second : -1, 13);
  }

  private int date(byte[] bytes, int from, int month, int day, int second, int length) {
    int year = Bytes.digits(bytes, from, 2);
    if (year < 0 || second < 0) {
      return -1;
    }
    // Two digits, read as POSIX does.
    int century = (year < 69) ? 2000 : 1900;
    time =
        times.date(
            century + year, Bytes.digits(bytes, month, 2), Bytes.digits(bytes, day, 2), second, 0);
    return from + length;
  }

  /** {@code Mon Jan 02 15:04:05.123 2006} or an ISO time, both between brackets. */
  private int bracketed(byte[] bytes, int from, int to) {
    if (to - from < 20) {
      return -1;
    }
    if (Bytes.isDigit(bytes[from])) {
      int at = iso(bytes, from, to);
      return (time == Timestamps.INVALID) ? -1 : at;
    }
    int month = (to - from < 24) ? 0 : BsdHead.month(bytes, from + 4);
    if (month == 0 || bytes[from + 3] != ' ' || bytes[from + 7] != ' ' || bytes[from + 10] != ' ') {
      return -1;
    }
    boolean padded = bytes[from + 8] == ' ';
    int day = Bytes.digits(bytes, padded ? from + 9 : from + 8, padded ? 1 : 2);
    int second = LocalTimes.timeOfDay(bytes, from + 11, to);
    int at = from + 19;
    long nanos = 0;
    if (bytes[at] == '.') {
      at++;
      for (int scale = 100_000_000; at < to && Bytes.isDigit(bytes[at]); scale /= 10) {
        nanos += (long) (bytes[at++] - '0') * scale;
      }
    }
    if (day < 0 || second < 0 || to - at < 6 || bytes[at] != ' ') {
      return -1;
    }
    int year = Bytes.digits(bytes, at + 1, 4);
    time = (year < 0) ? Timestamps.INVALID : times.date(year, month, day, second, nanos);
    return (time == Timestamps.INVALID) ? -1 : at + 5;
  }
}
