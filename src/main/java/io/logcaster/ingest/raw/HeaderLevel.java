package io.logcaster.ingest.raw;

import io.logcaster.ingest.Bytes;
import io.logcaster.record.Severity;

/**
 * Finds the level in the header of a line.
 *
 * <p>The name of a level alone does not make a word a level: "Error while reading". It must be in
 * brackets; before a colon; after a time and before a tab, a bar, a dash or several spaces; or in
 * capitals after a time. Capitals alone at the beginning of a line set the level and stay in the
 * text. Not thread-safe.
 */
final class HeaderLevel {

  /** How the level is distinguished from other words. */
  enum Mark {
    /** {@code [INFO]}, {@code <Info>}. */
    BRACKET,
    /** {@code INFO:}. */
    COLON,
    /** After a time. */
    TIME,
    /** Only by its capitals. */
    NONE
  }

  private static final int LONGEST = 13;

  private static final int LONGEST_BRACKET = 64;

  private Mark mark = Mark.NONE;

  private int from;

  private int to;

  private int end;

  private int nameFrom;

  private int nameTo;

  private boolean namesThread;

  /** How the last level was recognized. */
  Mark mark() {
    return mark;
  }

  /** The start of the level's word. */
  int from() {
    return from;
  }

  /** The end of the level's word. */
  int to() {
    return to;
  }

  /** The index after the level, its bracket or colon. */
  int end() {
    return end;
  }

  /** Stores the level, and the text next to it in the same brackets. */
  void note(HeaderParts parts, byte[] bytes) {
    parts.set(HeaderParts.LEVEL, bytes, from, to);
    if (nameTo > nameFrom) {
      parts.set(namesThread ? HeaderParts.THREAD : HeaderParts.LOGGER, bytes, nameFrom, nameTo);
    }
  }

  /**
   * Whether there is a level at an index.
   *
   * @param timed whether a time precedes it
   */
  boolean find(byte[] bytes, int at, int limit, boolean timed) {
    nameFrom = 0;
    nameTo = 0;
    if (at >= limit) {
      return false;
    }
    byte first = bytes[at];
    if (first == '[' || (timed && (first == '<' || first == '('))) {
      byte closing = (byte) (first == '[' ? ']' : first == '<' ? '>' : ')');
      return bracketed(bytes, at, limit, closing, timed);
    }
    return Bytes.isLetter(first) && word(bytes, at, limit, timed);
  }

  /** Stores PostgreSQL's {@code LOG:} at an index as the level. */
  boolean findLog(byte[] bytes, int at, HeaderParts parts) {
    from = at;
    to = at + 3;
    end = at + 4;
    nameFrom = 0;
    nameTo = 0;
    mark = Mark.COLON;
    parts.level(bytes, from, to, Severity.INFO);
    return true;
  }

  private boolean bracketed(byte[] bytes, int at, int limit, byte closing, boolean timed) {
    int most = Math.min(limit, at + LONGEST_BRACKET);
    int close = Bytes.indexOf(bytes, at, most, closing);
    if (close == most) {
      return false;
    }
    from = LineScanner.skipBlanks(bytes, at + 1, close);
    to = LineScanner.letters(bytes, from, close);
    int after = LineScanner.skipBlanks(bytes, to, close);
    mark = Mark.BRACKET;
    end = close + 1;
    boolean column = after > to && closing == ']';
    if (isLevel(bytes, timed) && (after == close || column)) {
      // env_logger writes the module after the level.
      nameFrom = after;
      nameTo = close;
      namesThread = false;
      return after == close || LineScanner.word(bytes, after, close) == close;
    }
    return closing == ']' && behindName(bytes, at, close, timed);
  }

  /** {@code [module:level]} of Apache, {@code [thread/LEVEL]} of games. */
  private boolean behindName(byte[] bytes, int at, int close, boolean timed) {
    int last = close - 1;
    while (last > at && Bytes.isLetter(bytes[last])) {
      last--;
    }
    if (bytes[last] != ':' && bytes[last] != '/') {
      return false;
    }
    from = last + 1;
    to = close;
    nameFrom = at + 1;
    nameTo = last;
    namesThread = bytes[last] == '/';
    return isLevel(bytes, timed);
  }

  private boolean isLevel(byte[] bytes, boolean timed) {
    int length = to - from;
    boolean longEnough = length > 2 || (length == 1 && timed && isUpper(bytes[from]));
    return longEnough && Severity.parse(bytes, from, to) != Severity.UNSET;
  }

  private boolean word(byte[] bytes, int at, int limit, boolean timed) {
    int wordEnd = LineScanner.letters(bytes, at, Math.min(limit, at + LONGEST + 1));
    if (wordEnd - at > LONGEST || Severity.parse(bytes, at, wordEnd) == Severity.UNSET) {
      return false;
    }
    from = at;
    to = wordEnd;
    end = wordEnd;
    mark = timed ? Mark.TIME : Mark.NONE;
    if (wordEnd - at < 3) {
      return timed && wordEnd - at == 1 && isUpper(bytes[at]) && letter(bytes, wordEnd, limit);
    }
    boolean capitals = isCapitals(bytes, at, wordEnd);
    if (wordEnd == limit) {
      return timed && capitals;
    }
    return switch (bytes[wordEnd]) {
      case ':' -> colon(bytes, wordEnd, limit, timed, capitals);
      case '[' -> capitals && counter(bytes, wordEnd, limit);
      case ' ' -> capitals || (timed && isColumn(bytes, wordEnd, limit));
      case '\t', '|' -> timed || capitals;
      default -> false;
    };
  }

  private boolean colon(byte[] bytes, int at, int limit, boolean timed, boolean capitals) {
    mark = Mark.COLON;
    end = at + 1;
    if (end == limit || bytes[end] == ' ' || bytes[end] == '\t') {
      // "Error: x" without a time is more likely the text of an exception.
      return timed || capitals || (bytes[from] >= 'a' && bytes[from] <= 'z');
    }
    // Python's logging with its default settings: LEVEL:logger:message.
    int name = LineScanner.word(bytes, end, limit);
    int colon = Bytes.indexOf(bytes, end, Math.min(name, limit), (byte) ':');
    if (!capitals || colon == end || colon >= name) {
      return false;
    }
    nameFrom = end;
    nameTo = colon;
    namesThread = false;
    end = colon + 1;
    return true;
  }

  /** {@code INFO[0042]} of logrus. */
  private boolean counter(byte[] bytes, int at, int limit) {
    int digits = LineScanner.digits(bytes, at + 1, limit);
    end = digits + 1;
    mark = Mark.BRACKET;
    return digits > at + 1 && digits < limit && bytes[digits] == ']';
  }

  /** Whether a word is separated from the text by more than one space. */
  private static boolean isColumn(byte[] bytes, int at, int limit) {
    int next = LineScanner.skipBlanks(bytes, at, limit);
    return next - at > 1
        || next == limit
        || bytes[next] == '|'
        || (bytes[next] == '-' && next + 1 < limit && bytes[next + 1] == ' ');
  }

  /**
   * Whether a single letter is a level, judged by what follows it: a bar, or MongoDB's component.
   */
  private static boolean letter(byte[] bytes, int at, int limit) {
    int next = LineScanner.skipBlanks(bytes, at, limit);
    if (next == limit) {
      return false;
    }
    if (bytes[next] == '|' || bytes[at] == '\t') {
      return true;
    }
    int word = LineScanner.word(bytes, next, limit);
    int after = LineScanner.skipBlanks(bytes, word, limit);
    return next > at
        && word > next
        && after < limit
        && bytes[after] == '['
        && (bytes[next] == '-' || isCapitals(bytes, next, word));
  }

  /** Whether a level in capitals is never the first word of a sentence. */
  static boolean isStrong(byte[] bytes, int from, int to) {
    return to - from >= 4
        && switch (bytes[from]) {
          case 'E', 'W', 'I', 'D', 'T' -> bytes[to - 1] != 'L';
          case 'F' -> bytes[to - 1] == 'L';
          case 'C' -> to - from == 8;
          default -> false;
        };
  }

  static boolean isCapitals(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (!isUpper(bytes[at])) {
        return false;
      }
    }
    return to > from;
  }

  private static boolean isUpper(byte b) {
    return b >= 'A' && b <= 'Z';
  }
}
