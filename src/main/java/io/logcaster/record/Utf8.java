package io.logcaster.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks and repairs UTF-8 on bytes. What is not UTF-8 becomes U+FFFD, one for each maximal invalid
 * part.
 */
public final class Utf8 {

  /**
   * How much longer a repaired text can get: each invalid byte may become the three bytes of
   * U+FFFD.
   */
  public static final int MAX_GROWTH = 3;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** The first byte at or after {@code from} that is not ASCII, or {@code to}. */
  public static int skipAscii(byte[] bytes, int from, int to) {
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
   * Copies a range and replaces what is not UTF-8.
   *
   * @param target with room for {@link #MAX_GROWTH} times the range
   * @param targetAt where to write to
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
   * The length of the well-formed sequence at a place, or minus the length of the invalid part
   * there.
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
   * Where to cut a text that is too long, so that no character is split.
   *
   * @param most the last index at which it may end, before its end
   */
  public static int cut(byte[] bytes, int from, int most) {
    int back = most;
    while (most - back < 4 && back > from && (bytes[back] & 0xC0) == 0x80) {
      back--;
    }
    return (most - back < 4) ? back : most;
  }

  /** The code point of the well-formed sequence that begins at a place. */
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

  /** The six bits that a byte after the lead contributes. */
  private static int low(byte continuation) {
    return continuation & 0x3F;
  }

  /** The length of the well-formed sequence that a lead byte begins. */
  public static int sequenceLength(byte lead) {
    int b = lead & 0xff;
    return (b < 0x80) ? 1 : (b < 0xE0) ? 2 : (b < 0xF0) ? 3 : 4;
  }
}
