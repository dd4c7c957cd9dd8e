package io.logcaster.ingest.text;

import io.logcaster.ingest.Bytes;

/**
 * The count of octets that may stand before a syslog message on a connection: {@code 42 <34>1 …},
 * RFC 6587, section 3.4.1.
 */
final class OctetCount {

  /** The longest octet count that is believed; larger ones are text that looks like a count. */
  private static final int MAX_DIGITS = 8;

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
    if (at + 1 >= to) {
      return -1;
    }
    if (bytes[at + 1] != '<') {
      return 0;
    }
    if (at + 2 >= to) {
      return -1;
    }
    return (Bytes.isDigit(bytes[at + 2]) && count > 2) ? count : 0;
  }

  /** The index of the message after the count at a place. */
  static int after(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] != ' ') {
      at++;
    }
    return at + 1;
  }
}
