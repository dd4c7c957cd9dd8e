package io.logcaster.query.exec.text;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Reads texts in quotes within values: in double quotes with escapes as in JSON and Go, or in
 * backticks.
 */
public final class Quoted {

  private Quoted() {}

  /**
   * Reads the quoted text that begins at {@code from}.
   *
   * @param target takes what stands between the quotes
   * @return the index after the closing quote; -1 if there is no quoted text
   */
  public static int read(byte[] bytes, int from, int to, ByteBuilder target) {
    return read(bytes, from, to, '"', target);
  }

  /** As {@link #read(byte[], int, int, ByteBuilder)}, with one more quote character. */
  public static int read(byte[] bytes, int from, int to, char other, ByteBuilder target) {
    if (from >= to) {
      return -1;
    }
    byte quote = bytes[from];
    int begin = target.length();
    if (quote == '`') {
      for (int i = from + 1; i < to; i++) {
        if (bytes[i] == '`') {
          target.append(bytes, from + 1, i);
          return i + 1;
        }
      }
      return -1;
    }
    if (quote != '"' && quote != other) {
      return -1;
    }
    int at = from + 1;
    boolean raw = false;
    while (at < to) {
      byte b = bytes[at];
      if (b == quote) {
        if (raw) {
          repair(target, begin);
        }
        return at + 1;
      }
      if (b != '\\') {
        target.append(b);
        at++;
        continue;
      }
      raw |= at + 1 < to && bytes[at + 1] == 'x';
      at = escape(bytes, at + 1, to, target);
      if (at < 0) {
        break;
      }
    }
    target.truncate(begin);
    return -1;
  }

  /** Turns bytes that were escaped one by one into valid UTF-8. */
  public static void repair(ByteBuilder target, int begin) {
    int end = target.length();
    if (!Utf8.isValid(target.array(), begin, end)) {
      byte[] repaired = new byte[(end - begin) * Utf8.MAX_GROWTH];
      int length = Utf8.repair(target.array(), begin, end, repaired, 0);
      target.truncate(begin);
      target.append(repaired, 0, length);
    }
  }

  private static int escape(byte[] bytes, int at, int to, ByteBuilder target) {
    if (at >= to) {
      return -1;
    }
    switch (bytes[at]) {
      case '"', '\\', '/', '\'' -> target.append(bytes[at]);
      case 'n' -> target.append('\n');
      case 'r' -> target.append('\r');
      case 't' -> target.append('\t');
      case 'b' -> target.append('\b');
      case 'f' -> target.append('\f');
      case 'a' -> target.append((byte) 7);
      case 'v' -> target.append((byte) 11);
      case 'x' -> {
        int code = hex(bytes, at + 1, at + 3, to);
        if (code < 0) {
          return -1;
        }
        target.append((byte) code);
        return at + 3;
      }
      case 'u' -> {
        return unicode(bytes, at, to, target);
      }
      default -> {
        return -1;
      }
    }
    return at + 1;
  }

  private static int unicode(byte[] bytes, int at, int to, ByteBuilder target) {
    int code = hex(bytes, at + 1, at + 5, to);
    if (code < 0) {
      return -1;
    }
    int end = at + 5;
    if (Character.isHighSurrogate((char) code)
        && end + 1 < to
        && bytes[end] == '\\'
        && bytes[end + 1] == 'u') {
      int low = hex(bytes, end + 2, end + 6, to);
      if (low >= 0 && Character.isLowSurrogate((char) low)) {
        code = Character.toCodePoint((char) code, (char) low);
        end += 6;
      }
    }
    boolean lone = code >= 0xD800 && code <= 0xDFFF;
    target.append(Character.toString(lone ? 0xFFFD : code).getBytes(StandardCharsets.UTF_8));
    return end;
  }

  private static int hex(byte[] bytes, int from, int end, int to) {
    if (end > to) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < end; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      code = (code << 4) | digit;
    }
    return code;
  }
}
