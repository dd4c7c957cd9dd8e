package io.logcaster.ingest.json;

/**
 * Finds the next element of a text after a malformed one, so that a mistake costs one element and
 * not all that follow. Elements are JSON objects in an array, in lines or concatenated. Not
 * thread-safe.
 *
 * <p>If the braces of a broken object still match, it ends where they do. A line that begins with
 * <code>{</code> is always a new element. Otherwise the next element begins at the first <code>{
 * </code> that is followed by a name or a <code>}</code> and preceded by the end of an object.
 */
public final class NextElement {

  /** How much of an object above the limit to skip while waiting for its braces to match. */
  private static final long MAX_SKIPPED = 16 << 20;

  /** More of the text is needed to tell. */
  public static final int MORE = -1;

  /** How far to follow braces that may never match. */
  private static final int WINDOW = 64 << 10;

  /**
   * How many bytes to search without success before braces are no longer followed: every element of
   * a text may be broken.
   */
  private static final long MAX_IN_VAIN = 16 << 20;

  private long inVain;

  private int depth;

  private boolean quoted;

  private boolean escaped;

  private long skipped;

  /**
   * Finds where to continue.
   *
   * @param parser has failed at the beginning of the range, and not for want of more
   * @param last whether the text ends with the range
   * @return the first index of the next element or of what stands before it; {@code to} where the
   *     rest of the range belongs to the broken one; {@link #MORE} where that cannot be said yet
   */
  public int find(JsonParser parser, byte[] bytes, int from, int to, boolean last) {
    if (bytes[from] != '{') {
      return afterText(bytes, from, to, last);
    }
    int broken = Math.max(from + 1, parser.brokenAt());
    int line = lineWithObject(bytes, from + 1, Math.min(to, broken + 1));
    if (line >= 0) {
      return line;
    }
    if (broken < to && bytes[broken] == '{' && beginsObject(bytes, broken, to)) {
      // An object where none can be: the previous one was not closed.
      return broken;
    }
    int unclosed = objectInString(bytes, from, broken);
    if (unclosed >= 0) {
      return unclosed;
    }
    if (inVain < MAX_IN_VAIN) {
      int end = matching(bytes, broken, to, parser.openObjects());
      if (end >= 0) {
        return end;
      }
      if (!last && to - broken < WINDOW) {
        return MORE;
      }
      inVain += Math.min(WINDOW, to - broken);
    }
    int next = objectAfter(bytes, from, broken, to);
    return (next == to && !last && to - broken < WINDOW) ? MORE : next;
  }

  /** The first object in the continuation of a broken element; {@code to} if there is none. */
  public int findOn(byte[] bytes, int from, int to) {
    return (from == to) ? to : objectAfter(bytes, from, from + 1, to);
  }

  /** Begins to skip a whole object. */
  public void beginSkipping() {
    depth = 0;
    quoted = false;
    escaped = false;
    skipped = 0;
  }

  /**
   * Continues to skip.
   *
   * @return the index after the object, or {@link #MORE}
   */
  public int skip(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (escaped) {
        escaped = false;
      } else if (quoted) {
        escaped = b == '\\';
        quoted = b != '"';
      } else if (b == '"') {
        quoted = true;
      } else if (b == '{') {
        depth++;
      } else if (b == '}' && --depth == 0) {
        return at + 1;
      }
    }
    skipped += to - from;
    return (skipped > MAX_SKIPPED) ? to : MORE;
  }

  /** The index after something that is not an object. */
  private static int afterText(byte[] bytes, int from, int to, boolean last) {
    int at = from;
    if (bytes[at] == '"') {
      at = afterString(bytes, from + 1, to);
      if (at >= 0) {
        return at;
      }
      if (at == MORE && !last) {
        return MORE;
      }
      at = from + 1;
    }
    while (at < to && bytes[at] != '\n' && bytes[at] != ',' && bytes[at] != ']') {
      if (at > from && bytes[at] == '{' && beginsObject(bytes, at, to)) {
        return at;
      }
      at++;
    }
    return (at < to || last) ? at : MORE;
  }

  /** The index after a string; {@link #MORE} or, where its line ends before it, -2. */
  private static int afterString(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n') {
      if (bytes[at] == '"') {
        return at + 1;
      }
      at += (bytes[at] == '\\') ? 2 : 1;
    }
    return (at < to) ? -2 : MORE;
  }

  /** The first line in a range that begins with an object, -1 if there is none. */
  private static int lineWithObject(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == '{' && bytes[at - 1] == '\n') {
        return at;
      }
    }
    return -1;
  }

  /**
   * The beginning of an object that was read as the end of a string, because that was not closed in
   * the object before; -1 for none.
   */
  private static int objectInString(byte[] bytes, int from, int broken) {
    int brace = broken - 2;
    if (brace <= from || bytes[broken - 1] != '"' || bytes[brace] != '{') {
      return -1;
    }
    byte before = bytes[lastNotSpace(bytes, from, brace)];
    return (before == ',' || before == '}') ? brace : -1;
  }

  /** Whether there is the end of an object before a place, with or without a comma. */
  private static boolean endsObject(byte[] bytes, int from, int at) {
    int before = lastNotSpace(bytes, from, at);
    if (bytes[before] == ',') {
      before = lastNotSpace(bytes, from, before);
    }
    return bytes[before] == '}';
  }

  /**
   * The index after the brace that ends this many objects, or where another one begins before, in a
   * line or at the end of what looks like a string; -1 where there is none in the window.
   */
  private static int matching(byte[] bytes, int from, int to, int open) {
    int depth = open;
    int end = Math.min(to, from + WINDOW);
    boolean quoted = false;
    for (int at = from; at < end; at++) {
      byte b = bytes[at];
      if (b == '{' && bytes[at - 1] == '\n') {
        return at;
      }
      if (quoted) {
        if (b == '\\') {
          at++;
        } else if (b == '"') {
          if (bytes[at - 1] == '{' && endsObject(bytes, from, at - 1)) {
            return at - 1;
          }
          quoted = false;
        }
      } else if (b == '"') {
        quoted = true;
      } else if (b == '{') {
        depth++;
      } else if (b == '}' && --depth <= 0) {
        return at + 1;
      }
    }
    return -1;
  }

  /**
   * The first place that looks like the beginning of an object after another; {@code to} if there
   * is none.
   */
  private static int objectAfter(byte[] bytes, int from, int broken, int to) {
    for (int at = broken; at < to; at++) {
      if (bytes[at] == '{' && beginsObject(bytes, at, to)) {
        if (bytes[at - 1] == '\n') {
          return at;
        }
        if (endsObject(bytes, from, at)) {
          return at;
        }
      }
    }
    return to;
  }

  private static int lastNotSpace(byte[] bytes, int from, int to) {
    int at = to - 1;
    while (at > from && JsonScanner.isSpace(bytes[at])) {
      at--;
    }
    return Math.max(at, from);
  }

  private static boolean beginsObject(byte[] bytes, int brace, int to) {
    int at = brace + 1;
    while (at < to && JsonScanner.isSpace(bytes[at])) {
      at++;
    }
    return at < to && (bytes[at] == '"' || bytes[at] == '}');
  }
}
