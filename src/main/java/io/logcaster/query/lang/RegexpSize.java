package io.logcaster.query.lang;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Estimates from above how many steps the program of a regular expression has, before it is
 * compiled: counted repetitions are expanded, so that <code>((.{1,100}){1,100}){1,100}</code> takes
 * a million. The estimate need not be exact, and is never far below.
 */
final class RegexpSize {

  /** How many steps repetitions may add: twenty times what RE2 allows in one place. */
  static final long MAX_REPEATED = 20_000;

  /** The depth that RE2 allows; compiling recurses as deep. */
  private static final int MAX_DEPTH = 1_000;

  private final String text;

  private int at;

  private final long[] sums = new long[MAX_DEPTH + 1];

  private int depth;

  /** The size of the element before the current position, to which a repetition applies. */
  private long last;

  private RegexpSize(String text) {
    this.text = text;
  }

  /** The steps of an expression; {@link Long#MAX_VALUE} if groups are nested too deeply. */
  static long of(String text) {
    return new RegexpSize(text).measure();
  }

  /** Why an expression must not be compiled; null if it may be. */
  static @Nullable String problem(String text) {
    long size = of(text);
    if (size == Long.MAX_VALUE) {
      return "Groups of the regular expression are nested more than " + MAX_DEPTH + " deep";
    }
    if (size - text.length() > MAX_REPEATED) {
      return String.format(
          Locale.ROOT,
          "The regular expression is too large: its repetitions, written out, have %s%,d steps, at"
              + " most %,d are allowed",
          (size >= CAP) ? "over " : "",
          size,
          MAX_REPEATED);
    }
    return null;
  }

  /** All sizes from here on are far too large. */
  private static final long CAP = 1L << 30;

  private long measure() {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '\\' -> escape();
        case '[' -> {
          charClass();
          element(1);
        }
        case '(' -> {
          if (!open()) {
            return Long.MAX_VALUE;
          }
        }
        case ')' -> close();
        case '|' -> {
          at++;
          element(1);
        }
        case '*', '+', '?' -> {
          at++;
          last++;
        }
        case '{' -> repeat();
        default -> {
          at++;
          element(1);
        }
      }
    }
    while (depth > 0) {
      close();
    }
    element(0);
    return sums[0];
  }

  /** Begins an element; the one before it can no longer be repeated. */
  private void element(long size) {
    sums[depth] = Math.min(CAP, sums[depth] + last);
    last = size;
  }

  private void escape() {
    char c = (at + 1 < text.length()) ? text.charAt(at + 1) : ' ';
    if (c == 'Q') {
      int end = text.indexOf("\\E", at + 2);
      int stop = (end < 0) ? text.length() : end;
      element(stop - at - 2L);
      at = (end < 0) ? stop : stop + 2;
      return;
    }
    boolean braces = (c == 'p' || c == 'P' || c == 'x') && text.startsWith("{", at + 2);
    int end = braces ? text.indexOf('}', at) : -1;
    at = (end < 0) ? at + 2 : end + 1;
    element(1);
  }

  private void charClass() {
    at++;
    at += text.startsWith("^", at) ? 1 : 0;
    boolean first = true;
    while (at < text.length() && (first || text.charAt(at) != ']')) {
      first = false;
      if (text.startsWith("[:", at)) {
        int end = text.indexOf(":]", at);
        at = (end < 0) ? at + 1 : end + 2;
      } else {
        at += (text.charAt(at) == '\\') ? 2 : 1;
      }
    }
    at++;
  }

  private boolean open() {
    at++;
    element(0);
    if (depth == MAX_DEPTH) {
      return false;
    }
    depth++;
    sums[depth] = 0;
    last = 0;
    if (text.startsWith("?", at)) {
      // Flags and the marks of groups have no size.
      while (at < text.length() && ":>)".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      at += (at < text.length() && text.charAt(at) != ')') ? 1 : 0;
    }
    return true;
  }

  private void close() {
    at++;
    element(0);
    if (depth > 0) {
      long size = sums[depth] + 2;
      depth--;
      last = size;
    }
  }

  private void repeat() {
    int end = text.indexOf('}', at);
    String bounds = (end < 0) ? "" : text.substring(at + 1, end);
    if (!bounds.matches("\\d{1,4}(,\\d{0,4})?")) {
      at++;
      element(1);
      return;
    }
    at = end + 1;
    String[] numbers = bounds.split(",", -1);
    long min = Long.parseLong(numbers[0]);
    long max =
        (numbers.length < 2) ? min : numbers[1].isEmpty() ? min + 1 : Long.parseLong(numbers[1]);
    last = Math.min(CAP, last * Math.max(1, Math.max(min, max)) + Math.max(0, max - min));
  }
}
