package io.logcaster.query.exec.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Searches bytes for a text: longer texts by Horspool's algorithm (R. N. Horspool, "Practical fast
 * searching in strings", 1980), which skips by the last byte of the window; texts of one or two
 * bytes by looking for the first byte in eight at a time.
 */
public final class Needle {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;

  private static final long HIGHS = 0x8080808080808080L;

  /** Below this length, the window skips too little for the table to pay. */
  private static final int HORSPOOL_MIN = 3;

  private final byte[] text;

  private final byte[] skips = new byte[256];

  private final boolean anyCase;

  /**
   * Prepares a search.
   *
   * @param text what to find; with {@code anyCase} ASCII in lower case
   * @param anyCase whether ASCII letters match in both cases
   */
  public Needle(byte[] text, boolean anyCase) {
    this.text = text;
    this.anyCase = anyCase;
    int length = Math.min(text.length, Byte.MAX_VALUE);
    Arrays.fill(skips, (byte) length);
    for (int i = text.length - length; i < text.length - 1; i++) {
      byte skip = (byte) (text.length - 1 - i);
      skips[text[i] & 0xff] = skip;
      if (anyCase && text[i] >= 'a' && text[i] <= 'z') {
        skips[text[i] - 32 & 0xff] = skip;
      }
    }
  }

  public int length() {
    return text.length;
  }

  boolean isAnyCase() {
    return anyCase;
  }

  public byte[] text() {
    return text;
  }

  /** The first occurrence at or after {@code from}; -1 if there is none. */
  public int find(byte[] bytes, int from, int to) {
    int length = text.length;
    if (length == 0) {
      return from;
    }
    if (length < HORSPOOL_MIN && !anyCase) {
      return findShort(bytes, from, to);
    }
    int end = length - 1;
    byte last = text[end];
    int at = from;
    int limit = to - length;
    while (at <= limit) {
      byte b = bytes[at + end];
      if ((b == last || (anyCase && fold(b) == last)) && matches(bytes, at, end)) {
        return at;
      }
      at += skips[b & 0xff];
    }
    return -1;
  }

  private boolean matches(byte[] bytes, int at, int end) {
    if (anyCase) {
      for (int i = 0; i < end; i++) {
        if (fold(bytes[at + i]) != text[i]) {
          return false;
        }
      }
      return true;
    }
    for (int i = 0; i < end; i++) {
      if (bytes[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  static byte fold(byte b) {
    return (b >= 'A' && b <= 'Z') ? (byte) (b + 32) : b;
  }

  private int findShort(byte[] bytes, int from, int to) {
    byte first = text[0];
    int limit = to - text.length;
    long pattern = ONES * (first & 0xff);
    int at = from;
    while (at <= limit) {
      if (at + 8 <= to) {
        long word = (long) LONGS.get(bytes, at) ^ pattern;
        long found = word - ONES & ~word & HIGHS;
        if (found == 0) {
          at += 8;
          continue;
        }
        at += Long.numberOfTrailingZeros(found) >>> 3;
        if (at > limit) {
          return -1;
        }
      }
      if (bytes[at] == first && (text.length == 1 || bytes[at + 1] == text[1])) {
        return at;
      }
      at++;
    }
    return -1;
  }
}
