package io.logcaster.ingest;

import io.logcaster.record.Severity;

/** Reads levels that senders write as numbers. */
public final class Levels {

  private Levels() {}

  /**
   * The severity number of a level in any known spelling: a name, a number of syslog (0 to 7), of
   * pino and bunyan (10, 20, … 60) or of OpenTelemetry (the other ones up to 24). Where two scales
   * share a number the one in wider use under the name {@code level} wins.
   *
   * @return 1..24, or {@link Severity#UNSET} where the spelling is not known
   */
  public static int parse(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 0 || !Bytes.isDigit(bytes[from])) {
      return Severity.parse(bytes, from, to);
    }
    int number = (length <= 2) ? Bytes.digits(bytes, from, length) : -1;
    if (number < 0 || number > 60) {
      return Severity.UNSET;
    }
    if (number <= 7) {
      return ofSyslog(number);
    }
    if (number % 10 == 0) {
      return number / 10 * 4 - 3;
    }
    return (number <= 24) ? number : Severity.UNSET;
  }

  /** The severity number of a syslog severity. Emergency keeps apart from a plain FATAL. */
  public static int ofSyslog(int syslogSeverity) {
    return (syslogSeverity == 0) ? Severity.FATAL + 1 : Severity.ofSyslog(syslogSeverity);
  }
}
