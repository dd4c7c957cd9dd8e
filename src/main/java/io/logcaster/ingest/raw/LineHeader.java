package io.logcaster.ingest.raw;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.raw.HeaderLevel.Mark;

/**
 * Parses the header of a line of a log file. A header is a time, a level or both, and whatever is
 * between them and the message:
 *
 * <pre>
 * 2024-05-06T07:08:09.123Z ERROR [DATABASE] message
 * 2024-05-06 07:08:09,123 [main] INFO  c.e.Shop - message             Logback, Log4j, log4net
 * 2024-05-06 07:08:09,123 - shop - ERROR - message                    Python
 * 2024-05-06 07:08:09.1234|INFO|Shop.Cart|message                     NLog, loguru with spaces
 * 07:08:09.123 [main] INFO c.e.Shop -- message                        Logback's default
 * 2024-05-06 07:08:09.123 UTC [42] ERROR:  message                    PostgreSQL, gunicorn, MySQL
 * 2024-05-06T07:08:09.123Z&lt;TAB&gt;error&lt;TAB&gt;a/b.go:12&lt;TAB&gt;message         zap
 * [2024-05-06T07:08:09Z INFO  shop::cart] message                     env_logger, Serilog's console
 * [2024-05-06T07:08:09] shop.ERROR: message                           Monolog
 * INFO  [main] 2024-05-06 07:08:09,123 Shop.java:12 - message         Cassandra
 * 24/05/06 07:08:09 INFO c.e.Shop: message                            Spark, Hadoop
 * [Mon May 06 07:08:09 2024] [core:error] message                     Apache
 * shop.log 2024-05-06 07:08:09.123 42 INFO shop.api message           OpenStack
 * ERROR [DATABASE] message
 * </pre>
 *
 * <p>{@link SpecialHeader} reads other headers, and {@link HeaderOrigin} reads what follows the
 * level. Everything else stays in the message. Not thread-safe.
 */
final class LineHeader {

  /** The maximum number of brackets, braces and numbers between a time and a level. */
  private static final int MAX_BETWEEN = 3;

  /** How far to search for the time of a request, which follows addresses and user names. */
  private static final int MOST_BEFORE_REQUEST = 256;

  private static final int LONGEST_BRACKET = 128;

  private final LocalTimes times;

  private final HeaderParts parts;

  private final HeaderLevel level = new HeaderLevel();

  private final HeaderOrigin origin;

  private final SpecialHeader special;

  /** Whether the last line had a level without a time before it. */
  private boolean onlyLevel;

  LineHeader(RecordWriter out) {
    this.times = out.times();
    this.parts = new HeaderParts(out);
    this.origin = new HeaderOrigin(parts);
    this.special = new SpecialHeader(times, parts, level);
  }

  /** Whether the last header was a level without a time. */
  boolean isOnlyLevel() {
    return onlyLevel;
  }

  /**
   * Reads a header, and sets the fields of the current record from it.
   *
   * @return where the message begins; -1 if there is no header; nothing is set then
   */
  int parse(byte[] bytes, int from, int to) {
    parts.begin();
    onlyLevel = false;
    // Spark and Hadoop.
    origin.namesAlways(to - from > 17 && bytes[from + 2] == '/' && bytes[from + 5] == '/');
    int at = special.parse(bytes, from, to);
    if (at < 0) {
      parts.begin();
      at = timed(bytes, from, to);
    }
    if (at < 0) {
      parts.begin();
      at = untimed(bytes, from, to);
    }
    if (at < 0) {
      parts.begin();
      at = request(bytes, from, to);
    }
    if (at >= 0) {
      parts.apply(bytes);
    }
    return at;
  }

  /**
   * Reads access logs of web servers, which have the time in the middle: {@code …
   * [29/Nov/2026:10:00:00 +0100] …}.
   */
  private int request(byte[] bytes, int from, int to) {
    int most = Math.min(to, from + MOST_BEFORE_REQUEST);
    int open = Bytes.indexOf(bytes, from, most, (byte) '[');
    if (open + 22 > to || bytes[open + 3] != '/' || bytes[open + 12] != ':') {
      return -1;
    }
    int end = times.read(bytes, open + 1, to);
    if (end < 0 || end >= to || bytes[end] != ']') {
      return -1;
    }
    parts.time(times.time());
    return from;
  }

  private int timed(byte[] bytes, int from, int to) {
    if (bytes[from] == '[') {
      return bracketedTime(bytes, from, to);
    }
    int at = times.read(bytes, from, to);
    if (at < 0) {
      int name = fileName(bytes, from, to);
      at = (name > 0) ? times.read(bytes, name + 1, to) : -1;
      if (at < 0) {
        return -1;
      }
      parts.set(HeaderParts.FILE, bytes, from, name);
    }
    boolean sure = times.isSure();
    parts.time(times.time());
    return behindTime(bytes, afterTime(bytes, at, to), to, sure);
  }

  /** {@code [time]}, {@code [time LEVEL module]}. */
  private int bracketedTime(byte[] bytes, int from, int to) {
    int at = times.read(bytes, from + 1, to);
    if (at < 0 || at >= to) {
      return -1;
    }
    boolean sure = times.isSure();
    parts.time(times.time());
    if (bytes[at] == ']') {
      return behindTime(bytes, at + 1, to, sure);
    }
    int close = Bytes.indexOf(bytes, at, Math.min(to, at + LONGEST_BRACKET), (byte) ']');
    if (close >= to || bytes[close] != ']') {
      return -1;
    }
    int start = LineScanner.skipBlanks(bytes, afterTime(bytes, at, close), close);
    int slash = Bytes.indexOf(bytes, start, close, (byte) '/');
    if (slash < close && level.find(bytes, start, slash, true) && level.end() == slash) {
      // Celery writes the process after the level.
      level.note(parts, bytes);
      parts.set(HeaderParts.THREAD, bytes, slash + 1, close);
      return LineScanner.skipBlanks(bytes, close + 1, to);
    }
    if (!level.find(bytes, start, close, true)) {
      return -1;
    }
    level.note(parts, bytes);
    parts.set(HeaderParts.LOGGER, bytes, level.end(), close);
    return LineScanner.skipBlanks(bytes, close + 1, to);
  }

  /** The index after a comma or colon that belongs to the time, and spaces. */
  private static int afterTime(byte[] bytes, int from, int to) {
    boolean mark = from < to && (bytes[from] == ',' || bytes[from] == ':' || bytes[from] == ';');
    return mark ? from + 1 : from;
  }

  private int behindTime(byte[] bytes, int from, int to, boolean sure) {
    int at = LineScanner.skipBars(bytes, from, to);
    if (at + 1 < to && bytes[at] == '-' && bytes[at + 1] == ' ') {
      at = LineScanner.skipBlanks(bytes, at + 1, to);
    }
    int start = at;
    if (between(bytes, at, to)) {
      level.note(parts, bytes);
      if (level.mark() == Mark.COLON || level.mark() == Mark.BRACKET) {
        parts.threadIsProcess(bytes);
      }
      return origin.behindLevel(bytes, level.end(), to);
    }
    if (!sure) {
      return -1;
    }
    return origin.withoutLevel(bytes, start, to);
  }

  /** Finds the level after a time, and stores the parts between the two. */
  private boolean between(byte[] bytes, int from, int to) {
    if (level.find(bytes, from, to, true)) {
      return true;
    }
    int at = from;
    for (int i = 0; i < MAX_BETWEEN && at < to; i++) {
      int end = part(bytes, at, to);
      if (end < 0) {
        break;
      }
      at = LineScanner.skipBars(bytes, end, to);
      if (at + 1 < to && bytes[at] == '-' && bytes[at + 1] == ' ') {
        at = LineScanner.skipBlanks(bytes, at + 1, to);
      }
      if (level.find(bytes, at, to, true)) {
        return true;
      }
      if (statement(bytes, at, to)) {
        return true;
      }
    }
    parts.forgetBetween();
    return false;
  }

  /** Reads a word before the level; returns the index after it, -1 if there is none. */
  private int part(byte[] bytes, int at, int to) {
    byte first = bytes[at];
    if (first == '[' || first == '{') {
      int most = Math.min(to, at + LONGEST_BRACKET);
      int close = Bytes.indexOf(bytes, at, most, (byte) (first == '[' ? ']' : '}'));
      if (close == most) {
        return -1;
      }
      if (first == '[') {
        parts.bracket(bytes, at + 1, close);
      } else {
        parts.set(HeaderParts.CONTEXT, bytes, at + 1, close);
      }
      return close + 1;
    }
    int end = LineScanner.word(bytes, at, to);
    if (LineScanner.isNumber(bytes, at, end)) {
      parts.set(HeaderParts.PROCESS, bytes, at, end);
      return end;
    }
    return name(bytes, at, end, to);
  }

  /** {@code logger - LEVEL}, {@code category: level:}, {@code a.b LEVEL}. */
  private int name(byte[] bytes, int at, int end, int to) {
    int nameEnd = (end > at && bytes[end - 1] == ':') ? end - 1 : end;
    if (nameEnd == at
        || parts.has(HeaderParts.LOGGER)
        || !HeaderOrigin.isName(bytes, at, nameEnd)) {
      return -1;
    }
    boolean dash = LineScanner.isDash(bytes, end, to);
    int next = dash ? end + 3 : LineScanner.skipBars(bytes, end, to);
    if (!level.find(bytes, next, to, true)) {
      return -1;
    }
    boolean marked = level.mark() != Mark.TIME;
    if (marked && LineScanner.has(bytes, at, nameEnd, '@')) {
      // PostgreSQL on Debian: the user and the database.
      parts.set(HeaderParts.CONTEXT, bytes, at, nameEnd);
      return end;
    }
    boolean fits =
        dash
            ? marked || LineScanner.isDash(bytes, level.end(), to)
            : (nameEnd < end) ? marked : HeaderOrigin.isDotted(bytes, at, nameEnd);
    if (!fits) {
      return -1;
    }
    parts.set(HeaderParts.LOGGER, bytes, at, nameEnd);
    return end;
  }

  /** Reads PostgreSQL's {@code LOG:}, which follows a process id. */
  private boolean statement(byte[] bytes, int at, int to) {
    boolean log =
        at + 4 < to
            && bytes[at] == 'L'
            && bytes[at + 1] == 'O'
            && bytes[at + 2] == 'G'
            && bytes[at + 3] == ':';
    return log && level.findLog(bytes, at, parts);
  }

  private int untimed(byte[] bytes, int from, int to) {
    if (!level.find(bytes, from, to, false)) {
      return -1;
    }
    level.note(parts, bytes);
    int end = level.end();
    int at = LineScanner.skipBlanks(bytes, end, to);
    int timeAt = at;
    int timeEnd = (at < to) ? time(bytes, at, to) : -1;
    if (timeEnd < 0 && at < to && bytes[at] == '[') {
      int close = Bytes.indexOf(bytes, at, Math.min(to, at + LONGEST_BRACKET), (byte) ']');
      timeAt = Math.min(LineScanner.skipBlanks(bytes, close + 1, to), to);
      timeEnd = (timeAt < to) ? time(bytes, timeAt, to) : -1;
    }
    if (timeEnd >= 0) {
      if (timeAt > at) {
        parts.bracket(bytes, at + 1, Bytes.indexOf(bytes, at, to, (byte) ']'));
      }
      parts.time(times.time());
      return origin.behindLevel(bytes, afterTime(bytes, timeEnd, to), to);
    }
    onlyLevel = true;
    if (level.mark() == Mark.NONE) {
      if (!HeaderLevel.isStrong(bytes, level.from(), level.to())) {
        return -1;
      }
      boolean bracket = at < to && bytes[at] == '[';
      return bracket ? origin.category(bytes, at, to) : from;
    }
    return origin.category(bytes, at, to);
  }

  private int time(byte[] bytes, int from, int to) {
    boolean bracket = bytes[from] == '[';
    int at = times.read(bytes, bracket ? from + 1 : from, to);
    if (at < 0 || !times.isSure()) {
      return -1;
    }
    return !bracket ? at : (at < to && bytes[at] == ']') ? at + 1 : -1;
  }

  /**
   * The end of a first word that names a log file, such as {@code shop.log.1}; -1 for other words.
   */
  private static int fileName(byte[] bytes, int from, int to) {
    int end = Bytes.indexOf(bytes, from, Math.min(to, from + 128), (byte) ' ');
    if (end >= to || bytes[end] != ' ') {
      return -1;
    }
    for (int at = from + 1; at + 4 <= end; at++) {
      if (bytes[at] == '.'
          && bytes[at + 1] == 'l'
          && bytes[at + 2] == 'o'
          && bytes[at + 3] == 'g') {
        return end;
      }
    }
    return -1;
  }
}
