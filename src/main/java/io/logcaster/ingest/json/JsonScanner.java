package io.logcaster.ingest.json;

import io.logcaster.ingest.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the values of a JSON text (RFC 8259). Strings without escapes stay where they are,
 * others are decoded into an arena that keeps them until the next text begins. A lone surrogate
 * becomes U+FFFD, a backslash before a letter that needs none stays. Control characters inside
 * strings are taken as they are, and words such as {@code NaN}, {@code -Infinity} or {@code None}
 * as texts, because senders do write them. Not thread-safe.
 */
final class JsonScanner {

  /** Up to this depth the brackets of a value that is kept as text are checked to match. */
  private static final int CHECKED_NESTING = 512;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;

  private static final long QUOTES = '"' * ONES;

  private static final long BACKSLASHES = '\\' * ONES;

  private static final long HIGH_BITS = 0x8080808080808080L;

  private byte[] bytes = new byte[0];

  private int to;

  private byte[] arena = new byte[0];

  private int used;

  private byte[] textBytes = bytes;

  private int textFrom;

  private int textTo;

  private @Nullable String error;

  private boolean atEnd;

  private int failedAt;

  void begin(byte[] bytes, int to) {
    this.bytes = bytes;
    this.to = to;
    used = 0;
    atEnd = false;
    error = null;
  }

  byte[] textBytes() {
    return textBytes;
  }

  int textFrom() {
    return textFrom;
  }

  int textTo() {
    return textTo;
  }

  /** Where the last failure was. */
  int failedAt() {
    return failedAt;
  }

  /** Whether the last failure was that the text ended. */
  boolean isAtEnd() {
    return atEnd;
  }

  String error() {
    return (error != null) ? error : "json: malformed";
  }

  /** Remembers what was expected where, and returns it as a message. */
  String fail(String expected, int at) {
    failedAt = at;
    atEnd = at >= to;
    error = atEnd ? "json: ends where " + expected + " was expected" : "json: expected " + expected;
    return error;
  }

  private int failed(String expected, int at) {
    fail(expected, at);
    return -1;
  }

  int skipSpace(int from) {
    int at = from;
    while (at < to && bytes[at] <= ' ' && isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private void text(byte[] source, int from, int end) {
    textBytes = source;
    textFrom = from;
    textTo = end;
  }

  /**
   * Reads a string and makes it the text.
   *
   * @param from the index after the opening quote
   * @return the index after the closing quote, -1 where the string is malformed
   */
  int string(int from) {
    int at = quoteOrBackslash(from);
    if (at < to && bytes[at] == '"') {
      text(bytes, from, at);
      return at + 1;
    }
    if (at >= to) {
      text(bytes, from, to);
      return failed("'\"'", at);
    }
    return escaped(from, at);
  }

  private int quoteOrBackslash(int from) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long word = (long) LONGS.get(bytes, at);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      long match =
          (quote - ONES & ~quote & HIGH_BITS) | (backslash - ONES & ~backslash & HIGH_BITS);
      if (match != 0) {
        return at + (Long.numberOfTrailingZeros(match) >>> 3);
      }
    }
    while (at < to && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  private int escaped(int from, int firstBackslash) {
    int start = used;
    int copied = from;
    int at = firstBackslash;
    while (true) {
      append(bytes, copied, at);
      if (at >= to) {
        text(arena, start, used);
        return failed("'\"'", at);
      }
      if (bytes[at] == '"') {
        text(arena, start, used);
        return at + 1;
      }
      int next = escape(at);
      if (next < 0) {
        text(arena, start, used);
        return -1;
      }
      copied = next;
      at = quoteOrBackslash(next);
    }
  }

  /** Decodes the escape at a backslash and returns the index after it. */
  private int escape(int at) {
    if (at + 1 >= to) {
      return failed("the rest of an escape", to);
    }
    byte kind = bytes[at + 1];
    if (kind == 'u') {
      return unicode(at);
    }
    int decoded =
        switch (kind) {
          case '"', '\\', '/' -> kind;
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'b' -> '\b';
          case 'f' -> '\f';
          default -> -1;
        };
    reserve(1);
    if (decoded < 0) {
      arena[used++] = '\\';
      return at + 1;
    }
    arena[used++] = (byte) decoded;
    return at + 2;
  }

  private int unicode(int at) {
    int unit = hex(at + 2);
    if (unit < 0) {
      int digits = at + 2;
      while (digits < to && Character.digit(bytes[digits], 16) >= 0) {
        digits++;
      }
      if (digits == to) {
        return failed("four hexadecimal digits", to);
      }
      reserve(1);
      arena[used++] = '\\';
      return at + 1;
    }
    int next = at + 6;
    int codePoint = unit;
    if (Character.isSurrogate((char) unit)) {
      codePoint = 0xFFFD;
      if (unit < 0xDC00 && next + 1 < to && bytes[next] == '\\' && bytes[next + 1] == 'u') {
        int low = hex(next + 2);
        if (low >= 0xDC00 && low < 0xE000) {
          codePoint = Character.toCodePoint((char) unit, (char) low);
          next += 6;
        }
      }
    }
    reserve(4);
    used = Bytes.utf8(codePoint, arena, used);
    return next;
  }

  private int hex(int at) {
    return (at + 4 > to) ? -1 : Bytes.hexDigits(bytes, at, 4);
  }

  private void append(byte[] source, int from, int end) {
    reserve(end - from);
    System.arraycopy(source, from, arena, used, end - from);
    used += end - from;
  }

  /**
   * Makes room. Texts keep the arena they are in, which therefore stays alive after it is replaced.
   */
  private void reserve(int length) {
    if (used + length > arena.length) {
      arena = Arrays.copyOf(arena, Math.max(256, Math.max(used + length, arena.length * 2)));
    }
  }

  /**
   * Reads a value of any kind and makes it the text: a string without quotes and escapes, all else
   * as it stands.
   *
   * @return the index after it, -1 where it is malformed
   */
  int value(int from) {
    byte kind = bytes[from];
    return switch (kind) {
      case '"' -> string(from + 1);
      case '{', '[' -> nested(from);
      case 't' -> literal(from, "true");
      case 'f' -> literal(from, "false");
      case 'n' -> literal(from, "null");
      default -> number(from);
    };
  }

  private int nested(int from) {
    int end = skipNested(from);
    text(bytes, from, (end < 0) ? to : end);
    return end;
  }

  private int literal(int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (from + i >= to) {
        return failed(word, from + i);
      }
      if (bytes[from + i] != word.charAt(i)) {
        return word(from);
      }
    }
    return word(from);
  }

  /** Reads a word without quotes, which no JSON has, to where another value may begin. */
  private int word(int from) {
    int at = from;
    while (at < to && isWordByte(bytes[at])) {
      at++;
    }
    if (at == from) {
      return failed("a value", at);
    }
    text(bytes, from, at);
    return at;
  }

  private static boolean isWordByte(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '.'
        || b == '-'
        || b == '+'
        || b == '_';
  }

  /** Whether the text, a word, is {@code null}. */
  boolean isNull() {
    return textTo - textFrom == 4
        && textBytes[textFrom] == 'n'
        && textBytes[textFrom + 1] == 'u'
        && textBytes[textFrom + 2] == 'l';
  }

  private int number(int from) {
    int at = from;
    while (at < to && isNumberByte(bytes[at])) {
      at++;
    }
    if (at == from || (at < to && isWordByte(bytes[at]))) {
      return word(from);
    }
    text(bytes, from, at);
    return at;
  }

  private static boolean isNumberByte(byte b) {
    return (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || (b | 0x20) == 'e';
  }

  /** The index after an array or object, whose brackets must match; what is between is not read. */
  private int skipNested(int from) {
    long[] curly = new long[CHECKED_NESTING >> 6];
    int depth = 0;
    int uncheckedCurly = 0;
    int at = from;
    while (at < to) {
      byte b = bytes[at++];
      if (b == '"') {
        at = skipString(at);
        if (at < 0) {
          return -1;
        }
      } else if (b == '{' || b == '[') {
        if (depth < CHECKED_NESTING) {
          long bit = 1L << depth;
          curly[depth >> 6] = (b == '{') ? curly[depth >> 6] | bit : curly[depth >> 6] & ~bit;
        } else if (b == '{') {
          uncheckedCurly++;
        }
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
        boolean wrong;
        if (depth < CHECKED_NESTING) {
          wrong = (curly[depth >> 6] & 1L << depth) != 0 != (b == '}');
        } else {
          uncheckedCurly -= (b == '}') ? 1 : 0;
          wrong = uncheckedCurly < 0 || (depth == CHECKED_NESTING && uncheckedCurly > 0);
        }
        if (wrong) {
          return failed("the other bracket", at - 1);
        }
        if (depth == 0) {
          return at;
        }
      }
    }
    return failed("a closing bracket", to);
  }

  private int skipString(int from) {
    int at = from;
    while (true) {
      at = quoteOrBackslash(at);
      if (at >= to) {
        return failed("'\"'", to);
      }
      if (bytes[at] == '"') {
        return at + 1;
      }
      at += 2;
    }
  }
}
