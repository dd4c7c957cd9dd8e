package io.logcaster.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks and repairs UTF-8. Each maximal invalid part becomes one U+FFFD. */
public final class Utf8 {

  /**
   * The factor by which a repair can lengthen a text: each invalid byte may become the three bytes
   * of U+FFFD.
   */
  public static final int MAX_GROWTH = 3;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** The first byte at or after {@code from} that is not ASCII, or {@code to}. */
  static int skipAscii(byte[] bytes, int from, int to) {
    int at = from;
    while (at + 8 <= to && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
      at += 8;
    }
    while (at < to && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  /** Whether a range is well-formed UTF-8 (Unicode 16, table 3-7). */
  public static boolean isValid(byte[] bytes, int from, int to) {
    int at = skipAscii(bytes, from, to);
    while (at < to) {
      int length = sequence(bytes, at, to);
      if (length < 0) {
        return false;
      }
      at = skipAscii(bytes, at + length, to);
    }
    return true;
  }

  /**
   * Copies a range and replaces invalid parts.
   *
   * @param target receives the copy; has room for {@link #MAX_GROWTH} times the range
   * @param targetAt the index of the first byte to write
   * @return the index after the last byte written
   */
  public static int repair(byte[] bytes, int from, int to, byte[] target, int targetAt) {
    int at = from;
    int out = targetAt;
    while (at < to) {
      int length = sequence(bytes, at, to);
      if (length > 0) {
        for (int i = 0; i < length; i++) {
          target[out++] = bytes[at++];
        }
      } else {
        target[out++] = (byte) 0xEF;
        target[out++] = (byte) 0xBF;
        target[out++] = (byte) 0xBD;
        at -= length;
      }
    }
    return out;
  }

  /**
   * The length of the well-formed sequence at an index, or the negated length of an invalid part.
   */
  private static int sequence(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xff;
    if (lead < 0x80) {
      return 1;
    }
    if (lead < 0xC2 || lead > 0xF4) {
      return -1;
    }
    int length = (lead < 0xE0) ? 2 : (lead < 0xF0) ? 3 : 4;
    int low =
        switch (lead) {
          case 0xE0 -> 0xA0;
          case 0xF0 -> 0x90;
          default -> 0x80;
        };
    int high =
        switch (lead) {
          case 0xED -> 0x9F;
          case 0xF4 -> 0x8F;
          default -> 0xBF;
        };
    for (int i = 1; i < length; i++) {
      int next = (at + i < to) ? bytes[at + i] & 0xff : -1;
      if (next < low || next > high) {
        return -i;
      }
      low = 0x80;
      high = 0xBF;
    }
    return length;
  }

  /**
   * The index at which to cut a text that is too long without splitting a character.
   *
   * @param most the largest allowed index, smaller than the end of the text
   */
  static int cut(byte[] bytes, int from, int most) {
    int back = most;
    while (most - back < 4 && back > from && (bytes[back] & 0xC0) == 0x80) {
      back--;
    }
    return (most - back < 4) ? back : most;
  }

  /** The code point of the well-formed sequence at an index. */
  public static int codePoint(byte[] bytes, int at) {
    int lead = bytes[at] & 0xff;
    if (lead < 0x80) {
      return lead;
    }
    if (lead < 0xE0) {
      return ((lead & 0x1F) << 6) | low(bytes[at + 1]);
    }
    if (lead < 0xF0) {
      return ((lead & 0x0F) << 12) | (low(bytes[at + 1]) << 6) | low(bytes[at + 2]);
    }
    return ((lead & 0x07) << 18)
        | (low(bytes[at + 1]) << 12)
        | (low(bytes[at + 2]) << 6)
        | low(bytes[at + 3]);
  }

  /** The six bits that a continuation byte contributes. */
  private static int low(byte continuation) {
    return continuation & 0x3F;
  }

  /** The length of the well-formed sequence with a lead byte. */
  public static int sequenceLength(byte lead) {
    int b = lead & 0xff;
    return (b < 0x80) ? 1 : (b < 0xE0) ? 2 : (b < 0xF0) ? 3 : 4;
  }
}
