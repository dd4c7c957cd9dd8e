package io.logcaster.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Searches byte ranges eight bytes at a time ("SIMD within a register"). */
public final class Bytes {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;

  private static final long HIGH_BITS = 0x8080808080808080L;

  private Bytes() {}

  /** Returns the index of the first occurrence of a byte in a range, or {@code to}. */
  public static int indexOf(byte[] bytes, int from, int to, byte wanted) {
    long pattern = (wanted & 0xffL) * ONES;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long match = zeroBytes((long) LONGS.get(bytes, at) ^ pattern);
      if (match != 0) {
        return at + (Long.numberOfTrailingZeros(match) >>> 3);
      }
    }
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /** Returns the index of the first occurrence of either of two bytes in a range, or {@code to}. */
  public static int indexOfEither(byte[] bytes, int from, int to, byte one, byte other) {
    long first = (one & 0xffL) * ONES;
    long second = (other & 0xffL) * ONES;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long word = (long) LONGS.get(bytes, at);
      long match = zeroBytes(word ^ first) | zeroBytes(word ^ second);
      if (match != 0) {
        return at + (Long.numberOfTrailingZeros(match) >>> 3);
      }
    }
    while (at < to && bytes[at] != one && bytes[at] != other) {
      at++;
    }
    return at;
  }

  /**
   * The high bit of each byte that is zero. Bytes above the lowest zero byte may be marked wrongly,
   * which does not matter for finding the first (Mycroft's test).
   */
  private static long zeroBytes(long word) {
    return word - ONES & ~word & HIGH_BITS;
  }

  /** The eight bytes at an index as a little-endian number. */
  public static long word(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** Whether a range equals a text. */
  public static boolean equal(byte[] bytes, int from, int to, byte[] text) {
    return to - from == text.length && startsWith(bytes, from, to, text);
  }

  /** Whether a range begins with a text. */
  public static boolean startsWith(byte[] bytes, int from, int to, byte[] text) {
    if (to - from < text.length) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (bytes[from + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  public static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Whether a byte is an ASCII letter. */
  public static boolean isLetter(byte b) {
    return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
  }

  /** A set of ASCII characters, for {@link #isOneOf}: a bit for each. */
  public static long[] setOf(String characters) {
    long[] set = new long[2];
    for (int i = 0; i < characters.length(); i++) {
      set[characters.charAt(i) >> 6] |= 1L << characters.charAt(i);
    }
    return set;
  }

  /** Whether a byte is in a set. */
  public static boolean isOneOf(long[] set, byte b) {
    return b >= 0 && (set[b >> 6] >>> b & 1) != 0;
  }

  /** The value of {@code count} decimal digits at an index; -1 if one of them is not a digit. */
  public static int digits(byte[] bytes, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Reads up to seven hexadecimal digits as a number; -1 if one of them is not a digit. */
  public static int hexDigits(byte[] bytes, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** Writes a code point in UTF-8, one to four bytes, and returns the index after it. */
  public static int utf8(int codePoint, byte[] out, int at) {
    int next = at;
    if (codePoint < 0x80) {
      out[next++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      out[next++] = (byte) (0xC0 | codePoint >> 6);
      out[next++] = (byte) (0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
      out[next++] = (byte) (0xE0 | codePoint >> 12);
      out[next++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
      out[next++] = (byte) (0x80 | (codePoint & 0x3F));
    } else {
      out[next++] = (byte) (0xF0 | codePoint >> 18);
      out[next++] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
      out[next++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
      out[next++] = (byte) (0x80 | (codePoint & 0x3F));
    }
    return next;
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  public static boolean endsWith(byte[] bytes, int from, int to, byte[] text) {
    return to - from >= text.length && startsWith(bytes, to - text.length, to, text);
  }

  /**
   * Where to truncate a text that is too long, so that no character is split.
   *
   * @param limit the maximum number of bytes to keep, less than the length of the text
   */
  public static int cut(byte[] bytes, int from, int limit) {
    int end = from + limit;
    int back = end;
    while (end - back < 4 && back > from && (bytes[back] & 0xC0) == 0x80) {
      back--;
    }
    return (end - back < 4) ? back : end;
  }
}
