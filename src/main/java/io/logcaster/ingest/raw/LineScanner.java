package io.logcaster.ingest.raw;

import io.logcaster.ingest.Bytes;

/** Scans the bytes of a line. */
final class LineScanner {

  private LineScanner() {}

  /** The index after spaces and tabs. */
  static int skipBlanks(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }

  /** The index after spaces, tabs and bars. */
  static int skipBars(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '|')) {
      at++;
    }
    return at;
  }

  static int letters(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && Bytes.isLetter(bytes[at])) {
      at++;
    }
    return at;
  }

  static int digits(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && Bytes.isDigit(bytes[at])) {
      at++;
    }
    return at;
  }

  /** The index of the next space, tab or bar. */
  static int word(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '|') {
      at++;
    }
    return at;
  }

  /** Whether a range contains only digits. */
  static boolean isNumber(byte[] bytes, int from, int to) {
    return to > from && digits(bytes, from, to) == to;
  }

  /** Whether {@code " - "} is at an index. */
  static boolean isDash(byte[] bytes, int at, int to) {
    return at + 3 <= to && bytes[at] == ' ' && bytes[at + 1] == '-' && bytes[at + 2] == ' ';
  }

  static boolean has(byte[] bytes, int from, int to, char wanted) {
    return Bytes.indexOf(bytes, from, to, (byte) wanted) < to;
  }

  /** Whether a range is a position in a source file: {@code a/b.go:12}. */
  static boolean isCaller(byte[] bytes, int from, int to) {
    int digits = to;
    while (digits > from && Bytes.isDigit(bytes[digits - 1])) {
      digits--;
    }
    return digits < to
        && digits > from + 1
        && bytes[digits - 1] == ':'
        && word(bytes, from, to) == to;
  }
}
