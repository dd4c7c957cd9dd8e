package io.logcaster.ingest.text;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.syslog.SyslogParser;

/**
 * The count of octets that may stand before a syslog message on a connection: {@code 42 <34>1 …},
 * RFC 6587, section 3.4.1.
 */
final class OctetCount {

  /** The longest octet count that is believed; larger ones are text that looks like a count. */
  static final int MAX_DIGITS = 8;

  /** The longest head that is looked at: a count, a space and {@code <191>}. */
  static final int LENGTH = MAX_DIGITS + 1 + 5;

  private OctetCount() {}

  /**
   * The octet count at a place that a syslog message follows.
   *
   * @return 0 where none stands there, -1 where that cannot be said yet
   */
  static int at(byte[] bytes, int from, int to) {
    if (from >= to || bytes[from] < '1' || bytes[from] > '9') {
      return 0;
    }
    int at = from;
    int count = 0;
    while (at < to && Bytes.isDigit(bytes[at])) {
      if (at - from == MAX_DIGITS) {
        return 0;
      }
      count = count * 10 + bytes[at++] - '0';
    }
    if (at >= to) {
      return -1;
    }
    if (bytes[at] != ' ') {
      return 0;
    }
    int message = at + 1;
    int end = SyslogParser.skipPriority(bytes, message, to);
    if (end < 0) {
      return mayBePriority(bytes, message, to) ? -1 : 0;
    }
    return (count >= end - message) ? count : 0;
  }

  /** Whether a range is the beginning of a priority that is not all there yet. */
  static boolean mayBePriority(byte[] bytes, int from, int to) {
    if (to - from > 4 || (from < to && bytes[from] != '<')) {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (!Bytes.isDigit(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  /** The index of the message after the count at a place. */
  static int after(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] != ' ') {
      at++;
    }
    return at + 1;
  }

  /**
   * The index of the first message in a range that has a count before it, that is, of its priority.
   *
   * @param dated whether a date must follow the priority, because the text may quote messages
   * @return {@code to} if there is none
   */
  static int nextMessage(byte[] bytes, int from, int to, boolean dated) {
    int at = Bytes.indexOf(bytes, from, to, (byte) '<');
    while (at < to) {
      if (at - 2 >= from
          && bytes[at - 1] == ' '
          && Bytes.isDigit(bytes[at - 2])
          && (dated
              ? SyslogHeads.isHead(bytes, at, to)
              : SyslogParser.skipPriority(bytes, at, to) > 0)) {
        return at;
      }
      at = Bytes.indexOf(bytes, at + 1, to, (byte) '<');
    }
    return to;
  }

  /**
   * Where the digits begin that end before the space at a place.
   *
   * @param least they begin there at the earliest
   */
  static int firstDigit(byte[] bytes, int space, int least) {
    int at = space;
    while (at > least && Bytes.isDigit(bytes[at - 1])) {
      at--;
    }
    return at;
  }
}
