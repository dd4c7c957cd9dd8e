package io.logcaster.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a JSON object into a growing array without allocating an object for each member. Text is
 * truncated if the object would become larger than a server accepts. Not thread-safe.
 */
final class Json {

  /** The largest object, in bytes; leaves room for what is added at its end. */
  static final int LIMIT = Frames.MAX_PAYLOAD - 4_096;

  private static final int FIRST_SIZE = 512;

  /** A larger buffer, grown for a huge record, is not kept. */
  private static final int MAX_KEPT = 64 << 10;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /**
   * The escape of each character: 0 to copy the character, 'u' for a numeric escape, otherwise the
   * character after the backslash.
   */
  private static final byte[] ESCAPES = new byte[128];

  static {
    Arrays.fill(ESCAPES, 0, ' ', (byte) 'u');
    ESCAPES['"'] = '"';
    ESCAPES['\\'] = '\\';
    ESCAPES['\n'] = 'n';
    ESCAPES['\r'] = 'r';
    ESCAPES['\t'] = 't';
    ESCAPES['\b'] = 'b';
    ESCAPES['\f'] = 'f';
  }

  private byte[] bytes = new byte[FIRST_SIZE];
  private int length;
  private boolean cut;

  void clear() {
    length = 0;
    cut = false;
    if (bytes.length > MAX_KEPT) {
      bytes = new byte[FIRST_SIZE];
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Whether text was truncated. */
  boolean isCut() {
    return cut;
  }

  /** Whether there is no room for another member. */
  boolean isFull() {
    return length >= LIMIT;
  }

  void markCut() {
    cut = true;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  void raw(byte b) {
    ensure(1);
    bytes[length++] = b;
  }

  void raw(byte[] source) {
    ensure(source.length);
    System.arraycopy(source, 0, bytes, length, source.length);
    length += source.length;
  }

  /** Appends characters that need no escaping. */
  void ascii(String text) {
    int count = text.length();
    ensure(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  void number(long value) {
    if (value < 0) {
      ascii(Long.toString(value));
      return;
    }
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    ensure(digits);
    long rest = value;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** Appends a string with its quotes; a lone surrogate becomes U+FFFD. */
  void string(CharSequence text) {
    raw((byte) '"');
    int count = text.length();
    int at = 0;
    while (at < count) {
      // A character takes at most six bytes.
      int step = Math.min(count - at, Math.max(0, LIMIT - length) / 6);
      if (step == 0) {
        cut = true;
        break;
      }
      ensure(step * 6 + 1);
      at = characters(text, at, at + step);
    }
    raw((byte) '"');
  }

  /**
   * Writes characters for which there is room; returns the index of the next character, which is at
   * most one past {@code to}.
   */
  private int characters(CharSequence text, int from, int to) {
    byte[] target = bytes;
    int end = length;
    int at = from;
    while (at < to) {
      char c = text.charAt(at++);
      if (c < 0x80) {
        byte escape = ESCAPES[c];
        if (escape == 0) {
          target[end++] = (byte) c;
        } else {
          end = escaped(c, escape, target, end);
        }
      } else if (c < 0x800) {
        target[end++] = (byte) (0xC0 | (c >> 6));
        target[end++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isHighSurrogate(c)
          && at < text.length()
          && Character.isLowSurrogate(text.charAt(at))) {
        int point = Character.toCodePoint(c, text.charAt(at++));
        target[end++] = (byte) (0xF0 | (point >> 18));
        target[end++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        target[end++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        target[end++] = (byte) (0x80 | (point & 0x3F));
      } else {
        char known = Character.isSurrogate(c) ? '\uFFFD' : c;
        target[end++] = (byte) (0xE0 | (known >> 12));
        target[end++] = (byte) (0x80 | ((known >> 6) & 0x3F));
        target[end++] = (byte) (0x80 | (known & 0x3F));
      }
    }
    length = end;
    return at;
  }

  private static int escaped(char c, byte escape, byte[] target, int start) {
    int end = start;
    target[end++] = '\\';
    target[end++] = escape;
    if (escape == 'u') {
      target[end++] = '0';
      target[end++] = '0';
      target[end++] = HEX[c >> 4];
      target[end++] = HEX[c & 15];
    }
    return end;
  }
}
