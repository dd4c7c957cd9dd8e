package io.logcaster.ingest;

/**
 * Reads the time of day: {@code 10:00:00.123}, {@code 10:00}, {@code 1:02:03 PM}, {@code 100000}. A
 * fraction of any length may follow a dot or a comma; digits after the ninth are ignored. After a
 * colon, the fraction has three digits. Not thread-safe.
 */
final class ClockText {

  private int second;

  private long nanos;

  private boolean twelveHours;

  /** The second of the day. */
  int second() {
    return second;
  }

  /** The nanoseconds of the second. */
  long nanos() {
    return nanos;
  }

  /** Whether the last time had AM or PM. */
  boolean isTwelveHours() {
    return twelveHours;
  }

  void millis(int millis) {
    nanos = millis * 1_000_000L;
  }

  /** Reads a time with colons; returns the index after it, -1 if there is none. */
  int read(byte[] bytes, int from, int to) {
    int at = DateText.digitsEnd(bytes, from, to);
    int hour = (at - from == 1 || at - from == 2) ? Bytes.digits(bytes, from, at - from) : -1;
    if (hour < 0 || at + 3 > to || bytes[at] != ':') {
      return -1;
    }
    int minute = Bytes.digits(bytes, at + 1, 2);
    at += 3;
    int seconds = 0;
    nanos = 0;
    if (at + 3 <= to && bytes[at] == ':' && Bytes.isDigit(bytes[at + 1])) {
      seconds = Bytes.digits(bytes, at + 1, 2);
      at = fraction(bytes, at + 3, to);
    }
    return set(bytes, hour, minute, seconds, at, to);
  }

  /** Reads six digits and a fraction; returns the index after them, -1 if there are none. */
  int compact(byte[] bytes, int from, int to) {
    if (to - from < 6) {
      return -1;
    }
    int hour = Bytes.digits(bytes, from, 2);
    int minute = Bytes.digits(bytes, from + 2, 2);
    int seconds = Bytes.digits(bytes, from + 4, 2);
    if ((hour | minute | seconds) < 0 || hour > 23 || minute > 59 || seconds > 60) {
      return -1;
    }
    twelveHours = false;
    second = hour * 3_600 + minute * 60 + seconds;
    nanos = 0;
    return fraction(bytes, from + 6, to);
  }

  private int set(byte[] bytes, int hour, int minute, int seconds, int at, int to) {
    int half = half(bytes, at, to);
    twelveHours = half > at;
    int hours = hour;
    if (twelveHours) {
      if (hour < 1 || hour > 12) {
        return -1;
      }
      hours = hour % 12 + (isPm(bytes, half) ? 12 : 0);
    }
    if (minute < 0 || minute > 59 || seconds < 0 || seconds > 60 || hours > 23) {
      return -1;
    }
    second = hours * 3_600 + minute * 60 + seconds;
    return half;
  }

  /** The index after a fraction, whose first nine digits count. */
  private int fraction(byte[] bytes, int from, int to) {
    if (from + 1 >= to || !Bytes.isDigit(bytes[from + 1])) {
      return from;
    }
    byte separator = bytes[from];
    int end = DateText.digitsEnd(bytes, from + 1, to);
    boolean fraction =
        separator == '.' || separator == ',' || (separator == ':' && end - from - 1 == 3);
    if (!fraction) {
      return from;
    }
    int scale = 100_000_000;
    for (int at = from + 1; at < end && scale > 0; at++) {
      nanos += (long) (bytes[at] - '0') * scale;
      scale /= 10;
    }
    return end;
  }

  /** The index after AM or PM, with the spaces and dots that some languages write there. */
  private static int half(byte[] bytes, int from, int to) {
    int at = from;
    if (at < to && bytes[at] == ' ') {
      at++;
    } else if (at + 3 <= to && bytes[at] == (byte) 0xE2 && bytes[at + 2] == (byte) 0xAF) {
      // A narrow no-break space, as newer JDKs and browsers format times.
      at += 3;
    } else if (at + 2 <= to && bytes[at] == (byte) 0xC2) {
      at += 2;
    }
    if (at + 2 > to || ((bytes[at] | 0x20) != 'a' && (bytes[at] | 0x20) != 'p')) {
      return from;
    }
    at++;
    boolean dots = bytes[at] == '.';
    if (dots) {
      at++;
    }
    if (at >= to || (bytes[at] | 0x20) != 'm') {
      return from;
    }
    at++;
    if (dots && at < to && bytes[at] == '.') {
      at++;
    }
    return (at < to && (Bytes.isLetter(bytes[at]) || Bytes.isDigit(bytes[at]))) ? from : at;
  }

  private static boolean isPm(byte[] bytes, int end) {
    int at = end - 1;
    while ((bytes[at] | 0x20) != 'a' && (bytes[at] | 0x20) != 'p') {
      at--;
    }
    return (bytes[at] | 0x20) == 'p';
  }
}
