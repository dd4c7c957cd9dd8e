package io.logcaster.transform;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Decides which lines belong to the line before them. Only looks at bytes and needs no expression,
 * because every line of a stream passes here.
 */
enum LineRule {

  /** Lines that begin with white space. */
  INDENTATION {
    @Override
    boolean continues(byte[] line, int from, int to, boolean inTrace) {
      return isIndented(line, from, to);
    }
  },

  /** Stack traces of the JVM, also those of Kotlin and Scala. */
  JAVA {
    @Override
    boolean continues(byte[] line, int from, int to, boolean inTrace) {
      return isIndented(line, from, to)
          || begins(line, from, to, "Caused by: ")
          || begins(line, from, to, "Suppressed: ")
          || begins(line, from, to, "at ")
          || isFramesOmitted(line, from, to)
          || isClassName(line, from, to, List.of("Exception", "Error", "Throwable"));
    }

    private static boolean isFramesOmitted(byte[] line, int from, int to) {
      return begins(line, from, to, "... ") && to - from > 4 && isDigit(line[from + 4]);
    }
  },

  /** Tracebacks of Python, which end with a line that is not indented. */
  PYTHON {
    @Override
    boolean continues(byte[] line, int from, int to, boolean inTrace) {
      return isIndented(line, from, to)
          || begins(line, from, to, "Traceback (most recent call last):")
          || begins(line, from, to, "During handling of the above exception")
          || begins(line, from, to, "The above exception was the direct cause")
          || from == to
          || (inTrace && isException(line, from, to));
    }

    @Override
    boolean isTrace(byte[] line, int from, int to, boolean inTrace) {
      // The line with the exception ends the trace: INFO:root:text looks the same.
      return begins(line, from, to, "Traceback (most recent call last):")
          || (inTrace && isIndented(line, from, to));
    }

    // ValueError: text, package.Name: text, or KeyboardInterrupt.
    private static boolean isException(byte[] line, int from, int to) {
      int end = nameEnd(line, from, to);
      return end > from && (end == to || line[end] == ':') && !isDigit(line[from]);
    }
  },

  /** Panics and dumps of goroutines. */
  GO {
    @Override
    boolean continues(byte[] line, int from, int to, boolean inTrace) {
      return (from < to && line[from] == '\t')
          || (inTrace
              && (from == to
                  || begins(line, from, to, "goroutine ")
                  || begins(line, from, to, "created by ")
                  || begins(line, from, to, "[signal ")
                  || begins(line, from, to, "exit status ")
                  || begins(line, from, to, "panic: ")
                  || begins(line, from, to, "...additional frames elided...")
                  || isCall(line, from, to)));
    }

    @Override
    boolean isTrace(byte[] line, int from, int to, boolean inTrace) {
      return inTrace
          || begins(line, from, to, "panic: ")
          || begins(line, from, to, "fatal error: ")
          || begins(line, from, to, "goroutine ")
          || begins(line, from, to, "http: panic serving ");
    }

    // main.(*Server).handle(0xc000010000, {0x1, 0x2})
    private static boolean isCall(byte[] line, int from, int to) {
      if (to - from < 4 || line[to - 1] != ')') {
        return false;
      }
      for (int at = from; at < to && line[at] != ' '; at++) {
        if (line[at] == '(') {
          return at > from && indexOf(line, from, at, '.') > 0;
        }
      }
      return false;
    }
  },

  /** Errors of Node.js. */
  NODE {
    @Override
    boolean continues(byte[] line, int from, int to, boolean inTrace) {
      return isIndented(line, from, to)
          || begins(line, from, to, "}")
          || begins(line, from, to, "Caused by: ")
          || isClassName(line, from, to, List.of("Error", "Exception"))
          || (inTrace && (from == to || begins(line, from, to, "Node.js v")));
    }

    @Override
    boolean isTrace(byte[] line, int from, int to, boolean inTrace) {
      return inTrace || isIndented(line, from, to);
    }
  },

  /** Exceptions of .NET. */
  DOTNET {
    @Override
    boolean continues(byte[] line, int from, int to, boolean inTrace) {
      return isIndented(line, from, to)
          || begins(line, from, to, "--- End of ")
          || begins(line, from, to, "---> ")
          || isClassName(line, from, to, List.of("Exception"));
    }
  };

  static final String NAMES = "indentation, java, python, go, node or dotnet";

  /**
   * Whether a line belongs to the one before it.
   *
   * @param inTrace what {@link #isTrace} said of the lines of the record so far
   */
  abstract boolean continues(byte[] line, int from, int to, boolean inTrace);

  /** Whether the record's last line is part of a trace. */
  boolean isTrace(byte[] line, int from, int to, boolean inTrace) {
    return false;
  }

  static LineRule of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  static boolean isKnown(String name) {
    return Arrays.stream(values())
        .anyMatch((rule) -> rule.name().toLowerCase(Locale.ROOT).equals(name));
  }

  private static boolean isIndented(byte[] line, int from, int to) {
    return from < to && (line[from] == ' ' || line[from] == '\t');
  }

  static boolean begins(byte[] line, int from, int to, String text) {
    if (to - from < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (line[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static int indexOf(byte[] line, int from, int to, char wanted) {
    for (int at = from; at < to; at++) {
      if (line[at] == wanted) {
        return at;
      }
    }
    return -1;
  }

  /** The end of a dotted name. */
  static int nameEnd(byte[] line, int from, int to) {
    int at = from;
    while (at < to
        && (line[at] == '.'
            || line[at] == '_'
            || line[at] == '$'
            || isDigit(line[at])
            || ((line[at] | 0x20) >= 'a' && (line[at] | 0x20) <= 'z'))) {
      at++;
    }
    return at;
  }

  /** Whether a line is the name of an exception, alone or before a colon. */
  static boolean isClassName(byte[] line, int from, int to, List<String> suffixes) {
    int end = nameEnd(line, from, to);
    if (end == from || (end < to && line[end] != ':' && line[end] != ' ')) {
      return false;
    }
    if (end < to && line[end] == ' ' && (end + 1 == to || line[end + 1] != '[')) {
      return false;
    }
    for (String suffix : suffixes) {
      if (end - from >= suffix.length() && begins(line, end - suffix.length(), end, suffix)) {
        return true;
      }
    }
    return false;
  }
}
