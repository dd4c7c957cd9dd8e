package io.logcaster.record;

import java.nio.charset.StandardCharsets;

/** Writes well-formed UTF-8 as JSON strings (RFC 8259). */
public final class JsonString {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private JsonString() {}

  /** Appends a text in quotes, with escapes where they are needed. */
  public static void append(byte[] utf8, int from, int to, ByteBuilder target) {
    target.append('"');
    int start = from;
    for (int at = from; at < to; at++) {
      byte b = utf8[at];
      if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
        target.append(utf8, start, at);
        escape(b, target);
        start = at + 1;
      }
    }
    target.append(utf8, start, to).append('"');
  }

  /** Appends a text in quotes, with escapes where they are needed. */
  public static void append(String text, ByteBuilder target) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    append(utf8, 0, utf8.length, target);
  }

  private static void escape(byte b, ByteBuilder target) {
    target.append('\\');
    switch (b) {
      case '"', '\\' -> target.append(b);
      case '\n' -> target.append('n');
      case '\r' -> target.append('r');
      case '\t' -> target.append('t');
      case '\b' -> target.append('b');
      case '\f' -> target.append('f');
      default -> target.append('u').append('0').append('0').append(HEX[b >> 4]).append(HEX[b & 15]);
    }
  }
}
