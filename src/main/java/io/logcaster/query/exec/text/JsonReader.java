package io.logcaster.query.exec.text;

import io.logcaster.record.ByteBuilder;
import java.util.Set;

/**
 * Reads JSON within values: the fields of an object, flattened with dots, or the items of an array.
 * Besides what RFC 8259 allows, it accepts {@code NaN} and {@code Inf} as numbers. The depth is
 * limited.
 */
public final class JsonReader {

  /** Deeper values are rejected; the stack has room for many more levels. */
  private static final int MAX_DEPTH = 200;

  private final byte[] bytes;

  private final int end;

  private int at;

  private Set<String> preserved = Set.of();

  /** Takes the values that are read. */
  public interface Visitor {

    /**
     * Takes a value: a string without its quotes, everything else as its text.
     *
     * @param name the names of the objects around it, with dots between them; empty in an array
     * @param kind what it is
     */
    void value(String name, ByteBuilder value, Kind kind);
  }

  /** What a value is. */
  public enum Kind {
    STRING,

    /** A number, {@code true} or {@code false}. */
    WORD,

    /** {@code null}, as text {@code null}. */
    NULL,

    /** An array or object, without white space. */
    NESTED
  }

  /** The text is not JSON. */
  private static final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Malformed() {
      super("not JSON", null, false, false);
    }
  }

  private JsonReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    at = from;
    end = to;
  }

  /** As {@link #object(byte[], int, int, Set, Visitor)}, with all objects flattened. */
  public static boolean object(byte[] bytes, int from, int to, Visitor visitor) {
    return object(bytes, from, to, Set.of(), visitor);
  }

  /**
   * Reads an object; returns false if the text is not one, though some values may have been passed
   * on by then.
   *
   * @param preserved the names of objects that are passed on whole
   */
  public static boolean object(
      byte[] bytes, int from, int to, Set<String> preserved, Visitor visitor) {
    JsonReader reader = new JsonReader(bytes, from, to);
    reader.preserved = preserved;
    try {
      reader.space();
      if (reader.peek() != '{') {
        return false;
      }
      reader.fields("", 0, visitor);
      reader.space();
      return reader.at == to;
    } catch (Malformed ex) {
      return false;
    }
  }

  /**
   * Reads an array; returns false if the text is not one, though some values may have been passed
   * on by then.
   */
  public static boolean array(byte[] bytes, int from, int to, Visitor visitor) {
    JsonReader reader = new JsonReader(bytes, from, to);
    try {
      reader.space();
      if (reader.peek() != '[') {
        return false;
      }
      reader.items(visitor);
      reader.space();
      return reader.at == to;
    } catch (Malformed ex) {
      return false;
    }
  }

  private void fields(String prefix, int depth, Visitor visitor) {
    if (depth > MAX_DEPTH) {
      throw new Malformed();
    }
    at++;
    space();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      space();
      ByteBuilder name = new ByteBuilder(16);
      string(name);
      String path = prefix.isEmpty() ? name.toString() : prefix + "." + name;
      space();
      expect(':');
      space();
      if (peek() == '{' && !preserved.contains(path)) {
        fields(path, depth + 1, visitor);
      } else {
        scalar(path, visitor);
      }
      space();
      if (peek() == '}') {
        at++;
        return;
      }
      expect(',');
    }
  }

  private void items(Visitor visitor) {
    at++;
    space();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      space();
      scalar("", visitor);
      space();
      if (peek() == ']') {
        at++;
        return;
      }
      expect(',');
    }
  }

  private void scalar(String name, Visitor visitor) {
    ByteBuilder value = new ByteBuilder(32);
    Kind kind = Kind.STRING;
    if (peek() == '"') {
      string(value);
    } else {
      boolean nested = peek() == '{' || peek() == '[';
      boolean isNull = copy(value, 0);
      kind = nested ? Kind.NESTED : isNull ? Kind.NULL : Kind.WORD;
    }
    visitor.value(name, value, kind);
  }

  /** Copies a value without white space; returns whether it is {@code null}. */
  private boolean copy(ByteBuilder target, int depth) {
    if (depth > MAX_DEPTH) {
      throw new Malformed();
    }
    int b = peek();
    switch (b) {
      case '"' -> {
        int start = at;
        string(new ByteBuilder(16));
        target.append(bytes, start, at);
      }
      case '{', '[' -> {
        int close = (b == '{') ? '}' : ']';
        target.append(bytes[at++]);
        space();
        while (peek() != close) {
          if (b == '{') {
            int start = at;
            string(new ByteBuilder(16));
            target.append(bytes, start, at).append(':');
            space();
            expect(':');
            space();
          }
          copy(target, depth + 1);
          space();
          if (peek() == ',') {
            target.append(bytes[at++]);
            space();
          } else if (peek() != close) {
            throw new Malformed();
          }
        }
        target.append(bytes[at++]);
      }
      default -> {
        return word(target);
      }
    }
    return false;
  }

  private boolean word(ByteBuilder target) {
    int start = at;
    while (at < end && isWord(bytes[at])) {
      at++;
    }
    if (at == start) {
      throw new Malformed();
    }
    int length = at - start;
    byte first = bytes[start];
    boolean known =
        (first >= '0' && first <= '9')
            || first == '-'
            || matches(start, length, "true")
            || matches(start, length, "false")
            || matches(start, length, "null")
            || matches(start, length, "NaN")
            || matches(start, length, "nan")
            || matches(start, length, "Inf")
            || matches(start, length, "inf");
    if (!known) {
      throw new Malformed();
    }
    target.append(bytes, start, at);
    return matches(start, length, "null");
  }

  private boolean matches(int start, int length, String word) {
    if (length != word.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[start + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWord(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '-'
        || b == '+'
        || b == '.';
  }

  private void string(ByteBuilder target) {
    int next = (peek() == '"') ? Quoted.read(bytes, at, end, target) : -1;
    if (next < 0) {
      throw new Malformed();
    }
    at = next;
  }

  private int peek() {
    return (at < end) ? bytes[at] : -1;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new Malformed();
    }
    at++;
  }

  private void space() {
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\t' || bytes[at] == '\r')) {
      at++;
    }
  }
}
