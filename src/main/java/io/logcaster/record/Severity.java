package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How serious a record is: the OpenTelemetry severity number, 1..24 in six bands of four, and the
 * band's name.
 *
 * <p>Senders spell levels in many ways. Known spellings (in any case) map to a number, and the
 * band's name is stored as {@code level}. If the name says less than the sender did ({@code
 * notice}, {@code crit}, …), the mapping is {@linkplain #isLossy lossy} and the spelling is kept as
 * well.
 *
 * @see <a
 *     href="https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber">OpenTelemetry
 *     logs data model, SeverityNumber</a>
 */
public final class Severity {

  /** The severity is unknown. */
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
   * @return 1..24, or {@link #UNSET} if the spelling is not known
   */
  public static int parse(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length < 1 || length > 13) {
      return UNSET;
    }
    // The lower-case spelling fits into two longs; comparing them keeps strings off the ingest
    // path.
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
    return Spelling.number(head, tail);
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

  /** As {@link #name(int)}, but as a shared array, for a number in 1..24. */
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

  /** A hash table of the known spellings, with open addressing. */
  private static final class Spelling {

    private static final String KNOWN =
        "trace 1 t 1 trce 1 trc 1 trac 1 finest 1 verbose 2 vrb 2 v 2 silly 2 finer 2 trace2 2"
            + " trace3 3 trace4 4"
            + " debug 5 d 5 dbg 5 dbug 5 debu 5 fine 5 config 6 debug2 6 debug3 7 debug4 8"
            + " d1 5 d2 6 d3 7 d4 8 d5 8"
            + " info 9 i 9 inf 9 information 9 informational 9 notice 10 n 10 note 10 success 10"
            + " system 10 info2 10 info3 11 info4 12"
            + " warn 13 warning 13 w 13 wrn 13 warn2 14 warn3 15 warn4 16"
            + " error 17 e 17 err 17 erro 17 eror 17 fail 17 severe 17 crit 18 critical 18 c 18"
            + " error2 18 alert 19 error3 19 error4 20"
            + " fatal 21 f 21 ftl 21 fata 21 panic 22 pani 22 dpanic 22 emerg 22 emergency 22"
            + " fatal2 22 fatal3 23 fatal4 24";

    private static final int SLOTS = 512;

    private static final long[] HEADS = new long[SLOTS];

    private static final long[] TAILS = new long[SLOTS];

    private static final byte[] NUMBERS = new byte[SLOTS];

    static {
      String[] words = KNOWN.split(" ");
      for (int i = 0; i < words.length; i += 2) {
        add(words[i], Byte.parseByte(words[i + 1]));
      }
    }

    private Spelling() {}

    private static void add(String text, byte number) {
      long head = 0;
      long tail = 0;
      for (int i = 0; i < text.length(); i++) {
        if (i < 8) {
          head = head << 8 | text.charAt(i);
        } else {
          tail = tail << 8 | text.charAt(i);
        }
      }
      int slot = slot(head, tail);
      while (NUMBERS[slot] != 0) {
        slot = slot + 1 & SLOTS - 1;
      }
      HEADS[slot] = head;
      TAILS[slot] = tail;
      NUMBERS[slot] = number;
    }

    private static int slot(long head, long tail) {
      return (int) (((head * 31 + tail) * 0x9E3779B97F4A7C15L) >>> 55);
    }

    static int number(long head, long tail) {
      int slot = slot(head, tail);
      while (NUMBERS[slot] != 0) {
        if (HEADS[slot] == head && TAILS[slot] == tail) {
          return NUMBERS[slot];
        }
        slot = slot + 1 & SLOTS - 1;
      }
      return UNSET;
    }
  }
}
