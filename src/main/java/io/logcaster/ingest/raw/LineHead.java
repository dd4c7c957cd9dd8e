package io.logcaster.ingest.raw;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;

/**
 * Takes the head off a line of a log file. A head is a time, a level or both, and what stands
 * between them and the message:
 *
 * <pre>
 * 2024-05-06T07:08:09.123Z ERROR [DATABASE] message
 * 2024-05-06 07:08:09,123 [main] INFO  c.e.Shop - message             Logback, Log4j
 * 2024-05-06 07:08:09,123 - shop - ERROR - message                    Python
 * 07:08:09.123 [main] INFO c.e.Shop -- message                        Logback's default
 * 2024-05-06T07:08:09.123Z  INFO 42 --- [shop] [main] c.e.Shop : message  Spring Boot's default
 * 24/05/06 07:08:09 INFO c.e.Shop: message                            Spark, Hadoop
 * 240506 070809 42 INFO c.e.Shop: message                             HDFS
 * [Mon May 06 07:08:09 2024] [error] message                          Apache
 * shop.log 2024-05-06 07:08:09.123 42 INFO shop.api message           OpenStack
 * ERROR [DATABASE] message
 * </pre>
 *
 * <p>The fields are {@code level}, {@code category}, {@code thread}, {@code logger}, {@code
 * proc_id}, {@code app} and {@code file}. Not thread-safe.
 */
final class LineHead {

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final int category;

  private final int thread;

  private final int logger;

  private final int file;

  LineHead(RecordWriter out) {
    this.out = out;
    this.builder = out.builder();
    this.category = builder.column("category");
    this.thread = builder.column("thread");
    this.logger = builder.column("logger");
    this.file = builder.column("file");
  }

  /**
   * Sets the fields of the current record from a head.
   *
   * @return where the message begins; -1 where there is no head, and nothing is set
   */
  int parse(byte[] bytes, int from, int to) {
    int at = time(bytes, from, to);
    boolean timed = at >= 0;
    if (timed) {
      builder.time(out.times().time());
    } else {
      at = from;
      int name = fileName(bytes, from, to);
      if (name > 0) {
        int end = time(bytes, name + 1, to);
        if (end >= 0) {
          builder.time(out.times().time());
          builder.value(file, bytes, from, name);
          at = end;
          timed = true;
        }
      }
    }
    at = skipSpaces(bytes, at, to);
    int threadFrom = -1;
    int threadTo = -1;
    if (timed && at + 1 < to && bytes[at] == '-' && bytes[at + 1] == ' ') {
      at = skipSpaces(bytes, at + 1, to);
      int message = python(bytes, at, to);
      if (message >= 0) {
        return message;
      }
    }
    int afterTime = at;
    if (timed && at < to && Bytes.isDigit(bytes[at])) {
      int end = word(bytes, at, to);
      if (isNumber(bytes, at, end) && level(bytes, skipSpaces(bytes, end, to), to, true) > 0) {
        builder.value(out.processId(), bytes, at, end);
        at = skipSpaces(bytes, end, to);
      }
    } else if (timed && at < to && bytes[at] == '[' && level(bytes, at, to, true) < 0) {
      // The thread comes before the level, as in Logback's patterns.
      int close = Bytes.indexOf(bytes, at, to, (byte) ']');
      int next = (close < to) ? skipSpaces(bytes, close + 1, to) : to;
      if (next < to && level(bytes, next, to, true) > 0) {
        threadFrom = at + 1;
        threadTo = close;
        at = next;
      }
    }
    int end = level(bytes, at, to, timed);
    if (end < 0) {
      return timed ? category(bytes, afterTime, to) : -1;
    }
    boolean bracket = bytes[at] == '[';
    int levelFrom = bracket ? lastColon(bytes, at + 1, end - 1) : at;
    int levelTo = bracket ? end - 1 : end;
    out.level(bytes, levelFrom, levelTo);
    if (bracket && levelFrom > at + 1) {
      builder.value(logger, bytes, at + 1, levelFrom - 1);
    }
    if (threadFrom >= 0) {
      builder.value(thread, bytes, threadFrom, threadTo);
    }
    at = end;
    if (at < to && bytes[at] == ':') {
      at++;
    }
    return afterLevel(bytes, skipSpaces(bytes, at, to), to, timed);
  }

  /** Reads a time, with the brackets around it. */
  private int time(byte[] bytes, int from, int to) {
    if (from < to && bytes[from] == '[') {
      int at = out.times().read(bytes, from + 1, to);
      return (at > 0 && at < to && bytes[at] == ']') ? at + 1 : -1;
    }
    return out.times().read(bytes, from, to);
  }

  private int afterLevel(byte[] bytes, int from, int to, boolean timed) {
    int at = from;
    if (!timed) {
      return category(bytes, at, to);
    }
    int boot = springBoot(bytes, at, to);
    if (boot >= 0) {
      return boot;
    }
    int message = category(bytes, at, to);
    if (message != at) {
      return message;
    }
    if (at < to && bytes[at] == '[') {
      int close = Bytes.indexOf(bytes, at, to, (byte) ']');
      int next = (close < to) ? skipSpaces(bytes, close + 1, to) : to;
      message = (next < to) ? logger(bytes, next, to) : next;
      if (message > next) {
        builder.value(thread, bytes, at + 1, close);
        return message;
      }
      return at;
    }
    return logger(bytes, at, to);
  }

  /** {@code logger - LEVEL - message}, -1 where that does not stand here. */
  private int python(byte[] bytes, int from, int to) {
    int nameEnd = word(bytes, from, to);
    if (!isDash(bytes, nameEnd, to)) {
      return -1;
    }
    int levelFrom = nameEnd + 3;
    int levelTo = level(bytes, levelFrom, to, true);
    if (levelTo < 0 || !isDash(bytes, levelTo, to)) {
      return -1;
    }
    builder.value(logger, bytes, from, nameEnd);
    out.level(bytes, levelFrom, levelTo);
    return levelTo + 3;
  }

  private static boolean isDash(byte[] bytes, int at, int to) {
    return at + 3 <= to && bytes[at] == ' ' && bytes[at + 1] == '-' && bytes[at + 2] == ' ';
  }

  /** {@code 42 --- [app] [thread] logger : message}, -1 where that does not stand here. */
  private int springBoot(byte[] bytes, int from, int to) {
    int end = word(bytes, from, to);
    int at = skipSpaces(bytes, end, to);
    if (!isNumber(bytes, from, end)
        || at + 5 > to
        || bytes[at] != '-'
        || bytes[at + 1] != '-'
        || bytes[at + 2] != '-'
        || bytes[at + 3] != ' '
        || bytes[at + 4] != '[') {
      return -1;
    }
    at += 4;
    int close = Bytes.indexOf(bytes, at, to, (byte) ']');
    int open = skipSpaces(bytes, close + 1, to);
    int appFrom = -1;
    int appTo = -1;
    if (open < to && bytes[open] == '[') {
      appFrom = at + 1;
      appTo = close;
      at = open;
      close = Bytes.indexOf(bytes, at, to, (byte) ']');
    }
    int name = skipSpaces(bytes, close + 1, to);
    if (close >= to || name >= to) {
      return -1;
    }
    int nameEnd = word(bytes, name, to);
    int colon = skipSpaces(bytes, nameEnd, to);
    if (colon >= to || bytes[colon] != ':') {
      return -1;
    }
    builder.value(out.processId(), bytes, from, end);
    if (appFrom >= 0) {
      builder.value(out.app(), bytes, appFrom, appTo);
    }
    int threadFrom = skipSpaces(bytes, at + 1, close);
    builder.value(thread, bytes, threadFrom, close);
    builder.value(logger, bytes, name, nameEnd);
    return (colon + 1 < to && bytes[colon + 1] == ' ') ? colon + 2 : colon + 1;
  }

  /** Takes off {@code [CATEGORY]}: a word of capitals; returns where the message begins. */
  private int category(byte[] bytes, int from, int to) {
    if (from >= to || bytes[from] != '[') {
      return from;
    }
    int at = from + 1;
    boolean letter = false;
    while (at < to && at - from < 64) {
      byte b = bytes[at];
      if (b >= 'A' && b <= 'Z') {
        letter = true;
      } else if (!Bytes.isDigit(b) && b != '_' && b != '-' && b != '.') {
        break;
      }
      at++;
    }
    if (!letter || at >= to || bytes[at] != ']') {
      return from;
    }
    builder.value(category, bytes, from + 1, at);
    return separator(bytes, at + 1, to);
  }

  /** Takes off {@code logger - }, {@code logger: } or a dotted logger; returns the message. */
  private int logger(byte[] bytes, int from, int to) {
    int end = from;
    boolean dot = false;
    while (end < to && isNameByte(bytes[end])) {
      dot |= bytes[end] == '.';
      end++;
    }
    if (end == from || end >= to) {
      return from;
    }
    if (bytes[end] == ':' && end + 1 < to && bytes[end + 1] == ' ') {
      builder.value(logger, bytes, from, end);
      return end + 2;
    }
    if (bytes[end] != ' ') {
      return from;
    }
    int next = skipSpaces(bytes, end, to);
    boolean dash = next < to && (bytes[next] == '-' || bytes[next] == ':');
    int after = dash ? separator(bytes, next, to) : next;
    if (dash ? after == next : !dot) {
      return from;
    }
    builder.value(logger, bytes, from, end);
    return after;
  }

  /** The index after {@code -}, {@code --} or {@code :} and spaces, if one stands here. */
  private static int separator(byte[] bytes, int from, int to) {
    int at = skipSpaces(bytes, from, to);
    int mark = at;
    if (at < to && bytes[at] == ':') {
      mark = at + 1;
    } else {
      while (mark < to && bytes[mark] == '-' && mark - at < 2) {
        mark++;
      }
    }
    if (mark > at && (mark == to || bytes[mark] == ' ')) {
      return skipSpaces(bytes, mark, to);
    }
    return at;
  }

  /**
   * The index after a level, with its brackets if it has some; -1 where there is none. Without a
   * time before it only capitals count, because lines begin with the word error without meaning a
   * level.
   */
  private static int level(byte[] bytes, int from, int to, boolean timed) {
    if (from >= to) {
      return -1;
    }
    if (bytes[from] == '[') {
      int close = Bytes.indexOf(bytes, from, Math.min(to, from + 48), (byte) ']');
      if (close >= to || bytes[close] != ']') {
        return -1;
      }
      int start = lastColon(bytes, from + 1, close);
      return isLevel(bytes, start, trim(bytes, start, close)) ? close + 1 : -1;
    }
    int end = from;
    while (end < to && end - from < 12 && isLetter(bytes[end])) {
      end++;
    }
    boolean ended = end == to || bytes[end] == ' ' || bytes[end] == ':';
    if (!ended || end - from < (timed ? 1 : 4) || !isLevel(bytes, from, end)) {
      return -1;
    }
    for (int i = from; !timed && i < end; i++) {
      if (bytes[i] < 'A' || bytes[i] > 'Z') {
        return -1;
      }
    }
    if (end - from == 1 && (bytes[from] < 'A' || bytes[from] > 'Z')) {
      return -1;
    }
    return end;
  }

  private static boolean isLevel(byte[] bytes, int from, int to) {
    return to > from && isLetter(bytes[from]) && Severity.parse(bytes, from, to) != Severity.UNSET;
  }

  /** The index after the last colon of a range, for Apache's {@code [module:level]}. */
  private static int lastColon(byte[] bytes, int from, int to) {
    for (int at = to - 1; at >= from; at--) {
      if (bytes[at] == ':') {
        return at + 1;
      }
    }
    return from;
  }

  private static int trim(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && bytes[end - 1] == ' ') {
      end--;
    }
    return end;
  }

  /** The end of a first word that names a log file, such as {@code shop.log.1}; -1 for others. */
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

  private static boolean isNameByte(byte b) {
    return isLetter(b) || Bytes.isDigit(b) || b == '.' || b == '_' || b == '$' || b == '-';
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  private static boolean isNumber(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (!Bytes.isDigit(bytes[at])) {
        return false;
      }
    }
    return to > from;
  }

  private static int word(byte[] bytes, int from, int to) {
    return Bytes.indexOf(bytes, from, to, (byte) ' ');
  }

  private static int skipSpaces(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    return at;
  }
}
