package io.logcaster.ingest.raw;

import io.logcaster.ingest.Bytes;

/** Recognises lines of stack traces and other indented lines, which belong to the previous line. */
final class TraceLine {

  private static final byte[][] BEGINNINGS = {
    Bytes.ascii("at "),
    Bytes.ascii("Caused by: "),
    Bytes.ascii("Suppressed: "),
    Bytes.ascii("... "),
    Bytes.ascii("Traceback (most recent call last):"),
    Bytes.ascii("During handling of the above exception"),
    Bytes.ascii("The above exception was the direct cause"),
    Bytes.ascii("Stack trace:"),
    Bytes.ascii("stack backtrace:"),
    Bytes.ascii("goroutine ")
  };

  private static final byte[][] ENDINGS = {
    Bytes.ascii("Exception"),
    Bytes.ascii("Error"),
    Bytes.ascii("Throwable"),
    Bytes.ascii("Interrupt"),
    Bytes.ascii("Warning")
  };

  private TraceLine() {}

  /** Whether a line without a header continues the event of the previous line. */
  static boolean is(byte[] bytes, int from, int to) {
    byte first = bytes[from];
    return switch (first) {
      case ' ', '\t' -> true;
      case '}', ']', ')' -> to - from <= 3;
      case '#' -> from + 1 < to && Bytes.isDigit(bytes[from + 1]);
      default -> beginsTrace(bytes, from, to) || (Bytes.isLetter(first) && error(bytes, from, to));
    };
  }

  private static boolean beginsTrace(byte[] bytes, int from, int to) {
    for (byte[] beginning : BEGINNINGS) {
      if (Bytes.startsWith(bytes, from, to, beginning)) {
        return true;
      }
    }
    return false;
  }

  /** {@code java.lang.IllegalStateException: text}, {@code ValueError}. */
  private static boolean error(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to
        && (Bytes.isLetter(bytes[end])
            || Bytes.isDigit(bytes[end])
            || bytes[end] == '.'
            || bytes[end] == '_'
            || bytes[end] == '$')) {
      end++;
    }
    if (end < to && bytes[end] != ':') {
      return false;
    }
    for (byte[] ending : ENDINGS) {
      if (end - from > ending.length && Bytes.endsWith(bytes, from, end, ending)) {
        return true;
      }
    }
    return false;
  }
}
