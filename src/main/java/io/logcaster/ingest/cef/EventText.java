package io.logcaster.ingest.cef;

import io.logcaster.ingest.Bytes;

/** Finds and unescapes the parts of CEF and LEEF. Not thread-safe. */
final class EventText {

  private byte[] scratch = new byte[256];

  private byte[] bytes = scratch;

  private int from;

  /**
   * Replaces escapes, if there are any: {@code \|}, {@code \=}, {@code \\}, {@code \n}, {@code \r};
   * other backslashes stay.
   *
   * @return the end of the text, which begins at {@link #from} in {@link #bytes}
   */
  int unescape(byte[] source, int start, int end) {
    int escape = Bytes.indexOf(source, start, end, (byte) '\\');
    if (escape == end) {
      bytes = source;
      from = start;
      return end;
    }
    if (scratch.length < end - start) {
      scratch = new byte[(end - start) * 2];
    }
    int length = escape - start;
    System.arraycopy(source, start, scratch, 0, length);
    for (int at = escape; at < end; at++) {
      byte b = source[at];
      byte next = (at + 1 < end) ? source[at + 1] : 0;
      if (b == '\\' && (next == '|' || next == '=' || next == '\\')) {
        b = next;
        at++;
      } else if (b == '\\' && (next == 'n' || next == 'r')) {
        b = (byte) (next == 'n' ? '\n' : '\r');
        at++;
      }
      scratch[length++] = b;
    }
    bytes = scratch;
    from = 0;
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  /** The next byte of a value without a backslash before it; the end if there is none. */
  static int unescaped(byte[] bytes, int from, int to, byte wanted) {
    int at = Bytes.indexOfEither(bytes, from, to, wanted, (byte) '\\');
    while (at < to && bytes[at] == '\\') {
      at = Bytes.indexOfEither(bytes, Math.min(at + 2, to), to, wanted, (byte) '\\');
    }
    return at;
  }

  /** The next equals sign behind a name that begins the text or follows a space. */
  static int nextEquals(byte[] bytes, int from, int to) {
    int at = unescaped(bytes, from, to, (byte) '=');
    while (at < to) {
      int name = nameBefore(bytes, from, at);
      boolean begins = name == from || bytes[name - 1] == ' ';
      if (name < at && begins) {
        return at;
      }
      at = unescaped(bytes, at + 1, to, (byte) '=');
    }
    return to;
  }

  /** Where the name before an equals sign begins. */
  static int nameBefore(byte[] bytes, int from, int equals) {
    int at = equals;
    while (at > from && isNameByte(bytes[at - 1])) {
      at--;
    }
    return at;
  }

  private static boolean isNameByte(byte b) {
    return Bytes.isLetter(b)
        || Bytes.isDigit(b)
        || b == '_'
        || b == '.'
        || b == '-'
        || b == '['
        || b == ']';
  }

  /** Whether there are two pairs or more, with spaces between them. */
  static boolean hasSpacedPairs(byte[] bytes, int from, int to) {
    int first = nextEquals(bytes, from, to);
    return first < to && nextEquals(bytes, first + 1, to) < to;
  }

  static int skipSpaces(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    return at;
  }

  /** The end of a value without the spaces behind it. */
  static int trimmed(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && bytes[end - 1] == ' ') {
      end--;
    }
    return end;
  }

  /**
   * The delimiter that LEEF 2.0 names: a character, or its number as {@code 0x5E} or {@code x5E};
   * nothing means a tab.
   *
   * @return -1 if the text names none
   */
  static int delimiter(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length <= 1) {
      return (length == 0) ? '\t' : bytes[from] & 0xff;
    }
    int digits = from + (bytes[from] == '0' ? 2 : 1);
    boolean hex = bytes[digits - 1] == 'x' && digits < to && to - digits <= 4;
    int number = hex ? Bytes.hexDigits(bytes, digits, to - digits) : -1;
    return (number > 0 && number < 128) ? number : -1;
  }

  /** Whether a text is a word, given in lower case. */
  static boolean isWord(byte[] bytes, int from, int to, byte[] word) {
    if (to - from != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      byte b = bytes[from + i];
      if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != word[i]) {
        return false;
      }
    }
    return true;
  }
}
