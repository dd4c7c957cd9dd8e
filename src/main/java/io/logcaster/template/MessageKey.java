package io.logcaster.template;

import io.logcaster.record.Hash;
import io.logcaster.record.TextShape;
import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.record.Tokens;
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
    for (int at = from; at < to; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        continue;
      }
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
