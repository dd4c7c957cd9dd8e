package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes strings of JSON (RFC 8259) out of well-formed UTF-8. */
public final class JsonString {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** For each byte: 0 stands for itself, 'u' for a six-byte escape, else the letter after '\'. */
  private static final byte[] ESCAPES = new byte[256];

  static {
    Arrays.fill(ESCAPES, 0, ' ', (byte) 'u');
    ESCAPES['\b'] = 'b';
    ESCAPES['\f'] = 'f';
    ESCAPES['\n'] = 'n';
    ESCAPES['\r'] = 'r';
    ESCAPES['\t'] = 't';
    ESCAPES['"'] = '"';
    ESCAPES['\\'] = '\\';
  }

  private JsonString() {}

  /** Appends a text in quotes, with escapes where they are needed. */
  public static void append(byte[] utf8, int from, int to, ByteBuilder target) {
    target.append('"');
    int start = from;
    for (int at = from; at < to; at++) {
      byte escape = ESCAPES[utf8[at] & 0xff];
      if (escape != 0) {
        target.append(utf8, start, at);
        escape(utf8[at], escape, target);
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

  private static void escape(byte value, byte escape, ByteBuilder target) {
    target.append('\\').append(escape);
    if (escape == 'u') {
      target.append('0').append('0').append(HEX[value >> 4]).append(HEX[value & 0xf]);
    }
  }
}
