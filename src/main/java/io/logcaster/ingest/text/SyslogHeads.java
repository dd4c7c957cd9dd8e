package io.logcaster.ingest.text;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.syslog.SyslogParser;

/**
 * Finds syslog messages without a separator: some libraries write them back to back, such as
 * winston-syslog for Node by default. Only a priority followed by a complete date counts, because
 * texts quote priorities.
 */
final class SyslogHeads {

  /** The longest beginning that is looked at: {@code <191>1 Nov 21 15:04:05}. */
  static final int LENGTH = 22;

  /** {@code 2026-11-21T} and {@code Nov 21 15:04:05}; 0 is a digit, a is a letter. */
  private static final String[] DATES = {"0000-00-00T", "aaa _0 00:00:00"};

  private SyslogHeads() {}

  /** The index of the first head in a range, {@code to} if there is none. */
  static int next(byte[] bytes, int from, int to) {
    int at = Bytes.indexOf(bytes, from, to, (byte) '<');
    while (at < to && !isHead(bytes, at, to)) {
      at = Bytes.indexOf(bytes, at + 1, to, (byte) '<');
    }
    return at;
  }

  /** Whether a priority with a date behind it begins at a place. */
  static boolean isHead(byte[] bytes, int from, int to) {
    int at = SyslogParser.skipPriority(bytes, from, to);
    if (at < 0) {
      return false;
    }
    if (at + 2 <= to && bytes[at] == '1' && bytes[at + 1] == ' ') {
      at += 2;
    }
    return isLike(DATES[0], bytes, at, to)
        || (isLike(DATES[1], bytes, at, to) && LocalTimes.isMonth(bytes, at, to));
  }

  private static boolean isLike(String pattern, byte[] bytes, int from, int to) {
    if (to - from < pattern.length()) {
      return false;
    }
    for (int i = 0; i < pattern.length(); i++) {
      byte b = bytes[from + i];
      boolean fits =
          switch (pattern.charAt(i)) {
            case '0' -> Bytes.isDigit(b);
            case '_' -> b == ' ' || Bytes.isDigit(b);
            case 'a' -> b > ' ';
            default -> b == pattern.charAt(i);
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
