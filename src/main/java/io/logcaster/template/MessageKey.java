package io.logcaster.template;

import io.logcaster.record.Hash;
import io.logcaster.record.TextShape;
import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.record.Tokens;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A cheap key of a message: messages with the same key have the same template, so that a template
 * is computed once for each key. The key is a hash of the text between the runs of word characters
 * that contain a digit, because each of these varies as a whole. Of a run, it matters only whether
 * it begins with a digit, for the unit after a number.
 */
final class MessageKey {

  /** The message has no key: its template must be computed. */
  static final long NONE = 0;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ZEROS = 0x3030303030303030L;

  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Added to a byte from 0 to 127, sets the high bit if the byte is at least 10. */
  private static final long FROM_TEN = 0x7676767676767676L;

  private static final byte OTHER = 0;
  private static final byte WORD = 1;
  private static final byte BEYOND_ASCII = 2;
  private static final byte DIGIT = 3;

  private static final byte[] KINDS = new byte[256];

  static {
    for (int c = 0; c < KINDS.length; c++) {
      if (c >= 128) {
        KINDS[c] = BEYOND_ASCII;
      } else if (c >= '0' && c <= '9') {
        KINDS[c] = DIGIT;
      } else {
        KINDS[c] = Tokens.isWord(c) ? WORD : OTHER;
      }
    }
  }

  private MessageKey() {}

  static long of(byte[] bytes, int from, int to) {
    long hash = 1;
    int fixed = from;
    boolean beyondAscii = false;
    for (int at = nextDigit(bytes, from, to); at < to; at = nextDigit(bytes, at, to)) {
      int start = start(bytes, fixed, at);
      hash = Hash.bytes(bytes, fixed, start, (start == at) ? hash : ~hash);
      for (int i = start; i < at; i++) {
        beyondAscii |= bytes[i] < 0;
      }
      while (at < to && KINDS[bytes[at] & 0xff] != OTHER) {
        beyondAscii |= bytes[at] < 0;
        at++;
      }
      fixed = at;
    }
    // A character beyond ASCII ends the query of an address, and so what varies.
    if (beyondAscii && hasQuestion(bytes, from, to)) {
      return NONE;
    }
    long key = Hash.bytes(bytes, fixed, to, hash);
    return (key == NONE) ? 1 : key;
  }

  /**
   * The index of the first digit from {@code from} on, or {@code to}. Tests eight bytes at a time.
   */
  private static int nextDigit(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      // Digits become 0..9, all other bytes 10 or more.
      long shifted = (long) LONGS.get(bytes, at) ^ ZEROS;
      long digits = ~(((shifted & LOW_BITS) + FROM_TEN) | shifted) & HIGH_BITS;
      if (digits != 0) {
        return at + (Long.numberOfTrailingZeros(digits) >>> 3);
      }
    }
    while (at < to && (bytes[at] < '0' || bytes[at] > '9')) {
      at++;
    }
    return at;
  }

  private static int start(byte[] bytes, int from, int digit) {
    int start = digit;
    while (start > from && KINDS[bytes[start - 1] & 0xff] != OTHER) {
      start--;
    }
    return start;
  }

  private static boolean hasQuestion(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '?') {
        return true;
      }
    }
    return false;
  }

  /** The shape of all messages that differ from this one only in the runs with a digit. */
  static TextShape shape(byte[] bytes, int from, int to) {
    List<byte[]> parts = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    int fixed = from;
    int at = from;
    while (at < to) {
      if (KINDS[bytes[at] & 0xff] == DIGIT) {
        int start = start(bytes, fixed, at);
        while (at < to && KINDS[bytes[at] & 0xff] != OTHER) {
          at++;
        }
        parts.add(Arrays.copyOfRange(bytes, fixed, start));
        gaps.add(new Gap(Alphabet.ANY, 1, Integer.MAX_VALUE));
        fixed = at;
      } else {
        at++;
      }
    }
    parts.add(Arrays.copyOfRange(bytes, fixed, to));
    return new TextShape(parts, gaps);
  }
}
