package io.logcaster.ingest.raw;

import io.logcaster.ingest.Bytes;
import io.logcaster.record.Severity;

/**
 * Reads the origin between the level and the message, such as thread and logger.
 *
 * <pre>
 * 42 --- [app] [thread] logger : message     Spring Boot
 * [thread] logger - message                  Log4j, Tomcat
 * |logger|message                            NLog
 * |logger - message                          loguru
 * caller:12&lt;TAB&gt;message                      zap
 * -- program: message                        Ruby
 * [CATEGORY] message
 * </pre>
 */
final class HeaderOrigin {

  private static final int LONGEST_NAME = 64;

  private static final long[] NAME =
      Bytes.setOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:._$-/#@<>");

  private final HeaderParts parts;

  /** Whether any plain word before a colon is a logger. */
  private boolean namesAlways;

  HeaderOrigin(HeaderParts parts) {
    this.parts = parts;
  }

  /**
   * Prepares for a line.
   *
   * @param always whether the line's format always has a logger, so that any word may be one
   */
  void namesAlways(boolean always) {
    namesAlways = always;
  }

  /** Reads what follows a level; returns where the message begins. */
  int behindLevel(byte[] bytes, int from, int to) {
    if (from < to && bytes[from] == '[') {
      return adjoining(bytes, from, to);
    }
    int at = from;
    if (at < to && bytes[at] == ':' && (at + 1 == to || bytes[at + 1] == ' ')) {
      at++;
    }
    int start = LineScanner.skipBlanks(bytes, at, to);
    if (start >= to) {
      return to;
    }
    if (bytes[start] == '|') {
      return piped(bytes, start + 1, to);
    }
    if (bytes[start] == '-' && start > from) {
      return dashed(bytes, start, to);
    }
    if (start > at && bytes[at] == '\t') {
      return tabbed(bytes, start, to);
    }
    int boot = springBoot(bytes, start, to);
    if (boot >= 0) {
      return boot;
    }
    int message = category(bytes, start, to);
    return (message == start) ? threadAndLogger(bytes, start, to) : message;
  }

  private int threadAndLogger(byte[] bytes, int at, int to) {
    if (bytes[at] != '[') {
      return logger(bytes, at, to, parts.has(HeaderParts.THREAD) || parts.has(HeaderParts.PROCESS));
    }
    int close = Bytes.indexOf(bytes, at, to, (byte) ']');
    int next = (close < to) ? LineScanner.skipBlanks(bytes, close + 1, to) : to;
    int message = (next < to) ? logger(bytes, next, to, true) : next;
    if (message == next) {
      return at;
    }
    parts.set(HeaderParts.THREAD, bytes, at + 1, close);
    return message;
  }

  /** {@code [INFO ][o.e.n.Node ] message} of Elasticsearch, Envoy's {@code [info][main]}. */
  private int adjoining(byte[] bytes, int from, int to) {
    int close = Bytes.indexOf(bytes, from, Math.min(to, from + LONGEST_NAME * 2), (byte) ']');
    if (close >= to || bytes[close] != ']') {
      return from;
    }
    parts.set(HeaderParts.LOGGER, bytes, from + 1, close);
    return LineScanner.skipBlanks(bytes, close + 1, to);
  }

  private int piped(byte[] bytes, int from, int to) {
    int at = LineScanner.skipBlanks(bytes, from, to);
    int end = LineScanner.word(bytes, at, to);
    int bar = LineScanner.skipBlanks(bytes, end, to);
    if (end > at && bar < to && bytes[bar] == '|') {
      parts.set(HeaderParts.LOGGER, bytes, at, end);
      return LineScanner.skipBlanks(bytes, bar + 1, to);
    }
    if (end > at && LineScanner.isDash(bytes, end, to)) {
      parts.set(HeaderParts.LOGGER, bytes, at, end);
      return end + 3;
    }
    return at;
  }

  /** {@code - message}, {@code - a.b - message}, {@code -- program: message}. */
  private int dashed(byte[] bytes, int from, int to) {
    int at = from + 1;
    boolean ruby = at < to && bytes[at] == '-';
    at = ruby ? at + 1 : at;
    int start = LineScanner.skipBlanks(bytes, at, to);
    if (start == at && start < to) {
      return from;
    }
    int end = LineScanner.word(bytes, start, to);
    if (ruby && end > start && bytes[end - 1] == ':') {
      parts.set(HeaderParts.LOGGER, bytes, start, end - 1);
      return LineScanner.skipBlanks(bytes, end, to);
    }
    if (LineScanner.isDash(bytes, end, to) && isDotted(bytes, start, end)) {
      parts.set(HeaderParts.LOGGER, bytes, start, end);
      return end + 3;
    }
    return start;
  }

  /** {@code logger<TAB>caller:12<TAB>message}; the logger may be missing. */
  private int tabbed(byte[] bytes, int from, int to) {
    int end = Bytes.indexOf(bytes, from, to, (byte) '\t');
    if (LineScanner.isCaller(bytes, from, end)) {
      parts.set(HeaderParts.CALLER, bytes, from, end);
      return Math.min(end + 1, to);
    }
    if (end < to && isName(bytes, from, end)) {
      int next = Bytes.indexOf(bytes, end + 1, to, (byte) '\t');
      if (LineScanner.isCaller(bytes, end + 1, next)) {
        parts.set(HeaderParts.LOGGER, bytes, from, end);
        parts.set(HeaderParts.CALLER, bytes, end + 1, next);
        return Math.min(next + 1, to);
      }
    }
    int name = LineScanner.word(bytes, from, to);
    if (name < to && name > from && bytes[name - 1] == ':' && isDotted(bytes, from, name - 1)) {
      // Jenkins.
      parts.set(HeaderParts.LOGGER, bytes, from, name - 1);
      return LineScanner.skipBlanks(bytes, name, to);
    }
    return from;
  }

  /** {@code 42 --- [app] [thread] logger : message}, -1 for other formats. */
  private int springBoot(byte[] bytes, int from, int to) {
    int end = LineScanner.word(bytes, from, to);
    int at = LineScanner.skipBlanks(bytes, end, to);
    if (!LineScanner.isNumber(bytes, from, end)
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
    int open = LineScanner.skipBlanks(bytes, close + 1, to);
    int appFrom = -1;
    int appTo = -1;
    if (open < to && bytes[open] == '[') {
      appFrom = at + 1;
      appTo = close;
      at = open;
      close = Bytes.indexOf(bytes, at, to, (byte) ']');
    }
    int name = LineScanner.skipBlanks(bytes, close + 1, to);
    if (close >= to || name >= to) {
      return -1;
    }
    int nameEnd = LineScanner.word(bytes, name, to);
    int colon = LineScanner.skipBlanks(bytes, nameEnd, to);
    if (colon >= to || bytes[colon] != ':') {
      return -1;
    }
    parts.set(HeaderParts.PROCESS, bytes, from, end);
    if (appFrom >= 0) {
      parts.set(HeaderParts.APP, bytes, appFrom, appTo);
    }
    parts.set(HeaderParts.THREAD, bytes, at + 1, close);
    parts.set(HeaderParts.LOGGER, bytes, name, nameEnd);
    return (colon + 1 < to && bytes[colon + 1] == ' ') ? colon + 2 : colon + 1;
  }

  /** Reads what follows a time without a level; returns where the message begins. */
  int withoutLevel(byte[] bytes, int from, int to) {
    int message = monolog(bytes, from, to);
    if (message >= 0) {
      return message;
    }
    message = hostAndTag(bytes, from, to);
    if (message >= 0) {
      return message;
    }
    php(bytes, from, to);
    return category(bytes, from, to);
  }

  /** {@code channel.LEVEL: message}. */
  private int monolog(byte[] bytes, int from, int to) {
    int end = LineScanner.word(bytes, from, Math.min(to, from + LONGEST_NAME));
    if (end == from || end >= to || bytes[end - 1] != ':') {
      return -1;
    }
    int level = end - 1;
    while (level > from && bytes[level - 1] != '.') {
      level--;
    }
    if (level - from < 2
        || !HeaderLevel.isCapitals(bytes, level, end - 1)
        || Severity.parse(bytes, level, end - 1) == Severity.UNSET) {
      return -1;
    }
    parts.set(HeaderParts.LOGGER, bytes, from, level - 1);
    parts.set(HeaderParts.LEVEL, bytes, level, end - 1);
    return LineScanner.skipBlanks(bytes, end, to);
  }

  /** {@code host app[42]: message}, as rsyslog writes files; -1 for other formats. */
  private int hostAndTag(byte[] bytes, int from, int to) {
    int hostEnd = LineScanner.word(bytes, from, Math.min(to, from + LONGEST_NAME));
    int tag = hostEnd + 1;
    int tagEnd = (tag < to) ? LineScanner.word(bytes, tag, Math.min(to, tag + LONGEST_NAME)) : to;
    if (hostEnd == from || tagEnd >= to || tagEnd - tag < 5 || bytes[tagEnd - 2] != ']') {
      return -1;
    }
    int open = Bytes.indexOf(bytes, tag, tagEnd, (byte) '[');
    boolean fits =
        bytes[hostEnd] == ' '
            && bytes[tagEnd - 1] == ':'
            && open > tag
            && isName(bytes, from, hostEnd)
            && LineScanner.isNumber(bytes, open + 1, tagEnd - 2);
    if (!fits) {
      return -1;
    }
    parts.set(HeaderParts.HOST, bytes, from, hostEnd);
    parts.set(HeaderParts.APP, bytes, tag, open);
    parts.set(HeaderParts.PROCESS, bytes, open + 1, tagEnd - 2);
    return LineScanner.skipBlanks(bytes, tagEnd, to);
  }

  /** {@code PHP Fatal error: message}, whose words set the level and stay in the message. */
  private void php(byte[] bytes, int from, int to) {
    int word = from + 4;
    if (word + 5 > to
        || bytes[from] != 'P'
        || bytes[from + 1] != 'H'
        || bytes[from + 2] != 'P'
        || bytes[from + 3] != ' ') {
      return;
    }
    int end = LineScanner.letters(bytes, word, to);
    boolean error = end + 6 < to && bytes[end] == ' ' && bytes[end + 1] == 'e';
    if ((end < to && bytes[end] == ':') || error) {
      int number = Severity.parse(bytes, word, end);
      if (number != Severity.UNSET) {
        parts.set(HeaderParts.LEVEL, bytes, word, end);
      } else if (error) {
        parts.level(bytes, word, end + 6, Severity.ERROR);
      }
    }
  }

  /** Reads {@code [CATEGORY]}, a word in capitals; returns where the message begins. */
  int category(byte[] bytes, int from, int to) {
    if (from >= to || bytes[from] != '[') {
      return from;
    }
    int at = from + 1;
    boolean letter = false;
    while (at < to && at - from < LONGEST_NAME) {
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
    parts.set(HeaderParts.CATEGORY, bytes, from + 1, at);
    return separator(bytes, at + 1, to);
  }

  /**
   * Reads {@code logger - } or {@code logger: }; returns where the message begins.
   *
   * @param origin whether a thread or a process precedes it, so that a dotted name needs no
   *     separator after it
   */
  private int logger(byte[] bytes, int from, int to, boolean origin) {
    int end = from;
    int dots = 0;
    while (end < to && isNameByte(bytes[end])) {
      dots += (bytes[end] == '.') ? 1 : 0;
      end++;
    }
    if (end == from || end >= to) {
      return from;
    }
    if (bytes[end] != ' ') {
      return from;
    }
    if (bytes[end - 1] == ':') {
      if (!namesAlways && !isLogger(bytes, from, end - 1)) {
        return from;
      }
      parts.set(HeaderParts.LOGGER, bytes, from, end - 1);
      return end + 1;
    }
    int next = LineScanner.skipBlanks(bytes, end, to);
    boolean dash = next < to && (bytes[next] == '-' || bytes[next] == ':');
    int after = dash ? separator(bytes, next, to) : next;
    if (dash ? after == next : !origin || dots < 2) {
      return from;
    }
    parts.set(HeaderParts.LOGGER, bytes, from, end);
    return after;
  }

  /** Whether a word before a colon is a logger: not a plain word, nor an exception. */
  private static boolean isLogger(byte[] bytes, int from, int to) {
    if (Bytes.endsWith(bytes, from, to, ERROR) || Bytes.endsWith(bytes, from, to, EXCEPTION)) {
      return false;
    }
    for (int at = from + 1; at < to; at++) {
      byte b = bytes[at];
      boolean inner = b == '.' || b == ':' || b == '$' || b == '_' || b == '/';
      if (inner || (b >= 'A' && b <= 'Z' && bytes[at - 1] >= 'a')) {
        return true;
      }
    }
    return false;
  }

  private static final byte[] ERROR = Bytes.ascii("Error");

  private static final byte[] EXCEPTION = Bytes.ascii("Exception");

  /** The index after {@code -}, {@code --} or {@code :} and spaces, if there is one. */
  private static int separator(byte[] bytes, int from, int to) {
    int at = LineScanner.skipBlanks(bytes, from, to);
    int mark = at;
    if (at < to && bytes[at] == ':') {
      mark = at + 1;
    } else {
      while (mark < to && bytes[mark] == '-' && mark - at < 2) {
        mark++;
      }
    }
    if (mark > at && (mark == to || bytes[mark] == ' ')) {
      return LineScanner.skipBlanks(bytes, mark, to);
    }
    return at;
  }

  static boolean isName(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isNameByte(bytes[at])) {
      at++;
    }
    return to > from && at == to;
  }

  static boolean isDotted(byte[] bytes, int from, int to) {
    return LineScanner.has(bytes, from, to, '.') && isName(bytes, from, to);
  }

  private static boolean isNameByte(byte b) {
    return Bytes.isOneOf(NAME, b);
  }
}
