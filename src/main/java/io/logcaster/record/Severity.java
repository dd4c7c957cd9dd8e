package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How serious a record is: the OpenTelemetry severity number, 1..24 in six bands of four, and the
 * band's name.
 *
 * <p>Senders spell levels in many ways. The known spellings (any case) map to a number and the
 * band's name is stored as {@code level}; where the name says less than the sender did ({@code
 * notice}, {@code crit}, …) the spelling is {@linkplain #isLossy lossy} and kept beside it.
 *
 * @see <a
 *     href="https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber">OpenTelemetry
 *     logs data model, SeverityNumber</a>
 */
public final class Severity {

  /** No severity is known. */
  public static final int UNSET = 0;

  public static final int TRACE = 1;

  public static final int DEBUG = 5;

  public static final int INFO = 9;

  /** syslog's notice: worth more attention than INFO. */
  public static final int NOTICE = 10;

  public static final int WARN = 13;

  public static final int ERROR = 17;

  /** syslog's critical. */
  public static final int CRITICAL = 18;

  /** syslog's alert. */
  public static final int ALERT = 19;

  /** syslog's emergency, and FATAL. */
  public static final int FATAL = 21;

  /** The six names, lowest first. */
  public static final List<String> NAMES =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

  private static final byte[][] NAME_BYTES =
      NAMES.stream().map((name) -> name.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);

  private static final String[] SYSLOG_KEYWORDS = {
    "emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"
  };

  private static final byte[] SYSLOG_NUMBERS = {
    FATAL, ALERT, CRITICAL, ERROR, WARN, NOTICE, INFO, DEBUG
  };

  private Severity() {}

  /**
   * The number of a level in a sender's spelling.
   *
   * @return 1..24, or {@link #UNSET} where the spelling is not known
   */
  public static int parse(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length < 1 || length > 13) {
      return UNSET;
    }
    // The folded spelling fits two longs; comparing numbers keeps the ingest path free of strings.
    long head = 0;
    long tail = 0;
    for (int i = 0; i < length; i++) {
      int b = bytes[from + i];
      if (b >= 'A' && b <= 'Z') {
        b += 32;
      }
      if (b <= ' ') {
        return UNSET;
      }
      if (i < 8) {
        head = head << 8 | b;
      } else {
        tail = tail << 8 | b;
      }
    }
    for (Spelling spelling : Spelling.KNOWN) {
      if (spelling.head == head && spelling.tail == tail) {
        return spelling.number;
      }
    }
    return UNSET;
  }

  /** As {@link #parse(byte[], int, int)}, for a string. */
  public static int parse(String level) {
    byte[] bytes = level.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /** The number of a syslog severity, 0 (emergency) to 7 (debug). */
  public static int ofSyslog(int syslogSeverity) {
    return SYSLOG_NUMBERS[syslogSeverity & 7];
  }

  /** The keyword of a syslog severity, 0 ({@code emerg}) to 7 ({@code debug}). */
  public static String syslogKeyword(int syslogSeverity) {
    return SYSLOG_KEYWORDS[syslogSeverity & 7];
  }

  /** The name of a number's band: {@code TRACE}, … {@code FATAL}; empty for {@link #UNSET}. */
  public static String name(int number) {
    return (number < 1 || number > 24) ? "" : NAMES.get((number - 1) >> 2);
  }

  /** As {@link #name(int)}, as shared bytes for a number in 1..24. */
  public static byte[] nameBytes(int number) {
    return NAME_BYTES[(number - 1) >> 2];
  }

  /**
   * Whether a number says more than the name of its band does, so that the sender's spelling is
   * worth keeping.
   */
  public static boolean isLossy(int number) {
    return number > 0 && (number - 1 & 3) != 0;
  }

  private record Spelling(long head, long tail, int number) {

    /** Ordered by how common a spelling is, because the table is walked from its beginning. */
    static final Spelling[] KNOWN = {
      of("info", INFO),
      of("error", ERROR),
      of("warn", WARN),
      of("debug", DEBUG),
      of("warning", WARN),
      of("err", ERROR),
      of("notice", NOTICE),
      of("trace", TRACE),
      of("fatal", FATAL),
      of("crit", CRITICAL),
      of("critical", CRITICAL),
      of("i", INFO),
      of("e", ERROR),
      of("w", WARN),
      of("d", DEBUG),
      of("t", TRACE),
      of("f", FATAL),
      of("n", NOTICE),
      of("c", CRITICAL),
      of("alert", ALERT),
      of("emerg", 22),
      of("emergency", 22),
      of("panic", 22),
      of("severe", ERROR),
      of("information", INFO),
      of("informational", INFO),
      of("verbose", 2),
      of("silly", 2),
      of("success", 10),
      of("fine", DEBUG),
      of("finer", 2),
      of("finest", TRACE),
      of("config", 6),
      of("trace2", 2),
      of("trace3", 3),
      of("trace4", 4),
      of("debug2", 6),
      of("debug3", 7),
      of("debug4", 8),
      of("info2", 10),
      of("info3", 11),
      of("info4", 12),
      of("warn2", 14),
      of("warn3", 15),
      of("warn4", 16),
      of("error2", 18),
      of("error3", 19),
      of("error4", 20),
      of("fatal2", 22),
      of("fatal3", 23),
      of("fatal4", 24)
    };

    static Spelling of(String text, int number) {
      long head = 0;
      long tail = 0;
      for (int i = 0; i < text.length(); i++) {
        if (i < 8) {
          head = head << 8 | text.charAt(i);
        } else {
          tail = tail << 8 | text.charAt(i);
        }
      }
      return new Spelling(head, tail, number);
    }
  }
}
