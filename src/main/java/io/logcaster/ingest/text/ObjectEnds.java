package io.logcaster.ingest.text;

import io.logcaster.ingest.Bytes;

/**
 * Finds where an object of JSON closes by its braces and strings, going on where the last look
 * ended. Whether it is well formed is for the parser to say. Not thread-safe.
 */
final class ObjectEnds {

  static final int NONE = -1;

  /** A line feed or NUL, where a connection's delimiter is not known. */
  static final int EITHER = -2;

  /** How much white space to pass between the brace of an object and its first name. */
  private static final int MAX_INDENT = 64;

  /** What stands between objects that follow each other on one line. */
  private static final byte[] SEPARATORS = {' ', '\t', '\r', ','};

  /** Bytes of the current object that were looked at, counted from its first. */
  private int scanned;

  private int depth;

  private boolean inString;

  /** Whether the object closed but is not valid: then its text extends to the end of the line. */
  private boolean broken;

  /** Where its first line ends, counted from its first byte; negative while it has but one. */
  private int firstLine = NONE;

  /** The last byte but white space that was skipped: a brace, a brace behind it, or neither. */
  private int skipped;

  private boolean found;

  /** Begins with the next object. */
  void begin() {
    scanned = 0;
    depth = 0;
    inString = false;
    broken = false;
    firstLine = NONE;
  }

  int scanned() {
    return scanned;
  }

  boolean isInString() {
    return inString;
  }

  boolean isBroken() {
    return broken;
  }

  void markBroken() {
    broken = true;
  }

  int firstLine() {
    return firstLine;
  }

  /** Continues after a line feed that does not end the object. */
  void passLine(int length) {
    if (firstLine < 0) {
      firstLine = length;
    }
    scanned = length + 1;
  }

  /**
   * The index after the object at the beginning of a range; {@link #NONE} where it is not there.
   */
  int find(byte[] bytes, int from, int to) {
    int at = from + scanned;
    while (at < to) {
      if (inString) {
        at = Bytes.indexOfEither(bytes, at, to, (byte) '"', (byte) '\\');
        if (at == to) {
          break;
        }
        if (bytes[at] == '"') {
          inString = false;
          at++;
        } else if (at + 1 == to) {
          break;
        } else {
          at += 2;
        }
        continue;
      }
      byte b = bytes[at++];
      if (b == '"') {
        inString = true;
      } else if (b == '{') {
        depth++;
      } else if (b == '}' && --depth == 0) {
        // Not looked at, so that another call finds it again.
        depth = 1;
        scanned = at - 1 - from;
        return at;
      }
    }
    scanned = at - from;
    return NONE;
  }

  /**
   * Where a broken object ends in front of another on the same line: where {@link #next} finds one
   * before it closes, or where it closes and the next begins without anything between them; else
   * the end of the range.
   */
  static int adjacent(byte[] bytes, int from, int to) {
    int close = close(bytes, from, to);
    int next = new ObjectEnds().next(bytes, from, close);
    return (next < close || isAdjacent(bytes, close, to)) ? next : to;
  }

  /** The index after the object at the beginning of a range, its end where it does not close. */
  static int close(byte[] bytes, int from, int to) {
    int close = new ObjectEnds().find(bytes, from, to);
    return (close == NONE) ? to : close;
  }

  static boolean isAdjacent(byte[] bytes, int at, int to) {
    return at + 1 < to && bytes[at] == '{' && bytes[at + 1] == '"';
  }

  /** The first index of a range that is not between objects of one line. */
  static int skipSeparators(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isSeparator(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSeparator(byte b) {
    for (byte separator : SEPARATORS) {
      if (b == separator) {
        return true;
      }
    }
    return false;
  }

  /** Says that the rest of a broken object is skipped from here on. */
  void beginSkipping() {
    skipped = 0;
  }

  /** Continues the skipping that another one began. */
  void continueAs(ObjectEnds before) {
    skipped = before.skipped;
  }

  /**
   * Where the next object most likely begins behind a broken one, whose quotes cannot be trusted:
   * at a brace and a quote behind a closing brace.
   *
   * @return the index of the brace; the end of the range if there is none
   */
  int next(byte[] bytes, int from, int to) {
    beginSkipping();
    int at = skip(bytes, from, to, NONE);
    return found ? at : to;
  }

  /** Whether the last {@link #skip} found what it looked for. */
  boolean isFound() {
    return found;
  }

  /**
   * Skips to a delimiter or to where {@link #next} finds another object.
   *
   * @param delimiter {@link #NONE} and {@link #EITHER} as well
   * @return the index of either; else how far there is nothing to be found
   */
  int skip(byte[] bytes, int from, int to, int delimiter) {
    int brace = to;
    found = true;
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == delimiter ? b >= 0 : delimiter == EITHER && (b == '\n' || b == 0)) {
        return at;
      }
      if (b == '}') {
        skipped = '}';
      } else if (b == '{' && skipped == '}') {
        skipped = '{';
        brace = at;
      } else if (b == '"' && skipped == '{') {
        return brace;
      } else if (b > ' ' || b < 0 || (skipped == '{' && at - brace > MAX_INDENT)) {
        skipped = 0;
      }
    }
    found = false;
    if (skipped == '{') {
      skipped = '}';
      return brace;
    }
    return to;
  }
}
