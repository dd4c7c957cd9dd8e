package io.logcaster.ingest;

import io.logcaster.record.Severity;

/**
 * Reads levels as senders write them: names, which may be decorated with colour codes, spaces,
 * brackets and quotes, and numbers of a {@link LevelScale}.
 */
public final class Levels {

  private static final byte ESCAPE = 0x1B;

  private Levels() {}

  /**
   * Returns the severity number of a level in any known spelling: a name, or a number on {@link
   * LevelScale#ANY}.
   *
   * @return 1..24, or {@link Severity#UNSET} where the spelling is not known
   */
  static int parse(byte[] bytes, int from, int to) {
    return parse(bytes, from, to, LevelScale.ANY);
  }

  /**
   * Returns the severity number of a level in any known spelling.
   *
   * @param scale the meaning of numbers
   * @return 1..24, or {@link Severity#UNSET} where the spelling is not known
   */
  public static int parse(byte[] bytes, int from, int to, LevelScale scale) {
    int known = plain(bytes, from, to, scale);
    if (known != Severity.UNSET || from == to) {
      return known;
    }
    int start = from(bytes, from, to);
    int end = to(bytes, start, to);
    return (start == from && end == to) ? Severity.UNSET : plain(bytes, start, end, scale);
  }

  private static int plain(byte[] bytes, int from, int to, LevelScale scale) {
    int length = to - from;
    if (length == 0 || !Bytes.isDigit(bytes[from])) {
      return Severity.parse(bytes, from, to);
    }
    int number = (length <= 5) ? Bytes.digits(bytes, from, length) : -1;
    return (number < 0) ? Severity.UNSET : scale.severity(number);
  }

  /** The index of a level's word, after colour codes, spaces, brackets and quotes. */
  static int from(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && !isWordByte(bytes[at])) {
      at = (bytes[at] == ESCAPE) ? afterColour(bytes, at, to) : at + 1;
    }
    return at;
  }

  /** The index after the word of a level. */
  static int to(byte[] bytes, int from, int to) {
    int end = to;
    int escape = Bytes.indexOf(bytes, from, to, ESCAPE);
    if (escape < to) {
      end = escape;
    }
    while (end > from && !isWordByte(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  private static boolean isWordByte(byte b) {
    return Bytes.isLetter(b) || Bytes.isDigit(b) || b < 0;
  }

  /** The index after the terminal colour code that begins at an index. */
  public static int afterColour(byte[] bytes, int from, int to) {
    int at = from + 1;
    if (at < to && bytes[at] == '[') {
      at++;
      while (at < to && (Bytes.isDigit(bytes[at]) || bytes[at] == ';')) {
        at++;
      }
      at = Math.min(at + 1, to);
    }
    return at;
  }

  /** The severity number of a syslog severity. Emergency stays distinct from a plain FATAL. */
  static int ofSyslog(int syslogSeverity) {
    return (syslogSeverity == 0) ? Severity.FATAL + 1 : Severity.ofSyslog(syslogSeverity);
  }
}
