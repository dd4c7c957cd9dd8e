package io.logcaster.record;

/**
 * Splits a value into words: maximal runs of Unicode letters, digits and underscores. Segment
 * indexes and the word filters of queries must split identically, so the rule is defined only here.
 */
public final class Tokens {

  private static final boolean[] ASCII_WORD = new boolean[128];

  static {
    for (int c = 0; c < 128; c++) {
      ASCII_WORD[c] = c == '_' || Character.isLetterOrDigit(c);
    }
  }

  private Tokens() {}

  /** Receives the words of a value, in order. */
  @FunctionalInterface
  public interface Visitor {

    /** Receives a word as a range of the split bytes. */
    void token(byte[] bytes, int from, int to);
  }

  public static boolean isWord(int codePoint) {
    return (codePoint < 128) ? ASCII_WORD[codePoint] : Character.isLetterOrDigit(codePoint);
  }

  /** Passes the words of well-formed UTF-8 to a visitor. */
  public static void visit(byte[] bytes, int from, int to, Visitor visitor) {
    int at = from;
    while (at < to) {
      at = skipOther(bytes, at, to);
      int start = at;
      at = skipWord(bytes, at, to);
      if (at > start) {
        visitor.token(bytes, start, at);
      }
    }
  }

  /** The first index at or after {@code at} where a word begins, or {@code to}. */
  static int skipOther(byte[] bytes, int at, int to) {
    while (at < to) {
      byte b = bytes[at];
      if (b >= 0) {
        if (ASCII_WORD[b]) {
          return at;
        }
        at++;
      } else if (Character.isLetterOrDigit(Utf8.codePoint(bytes, at))) {
        return at;
      } else {
        at += Utf8.sequenceLength(b);
      }
    }
    return to;
  }

  /** The first index at or after {@code at} that is not part of a word, or {@code to}. */
  static int skipWord(byte[] bytes, int at, int to) {
    while (at < to) {
      byte b = bytes[at];
      if (b >= 0) {
        if (!ASCII_WORD[b]) {
          return at;
        }
        at++;
      } else if (Character.isLetterOrDigit(Utf8.codePoint(bytes, at))) {
        at += Utf8.sequenceLength(b);
      } else {
        return at;
      }
    }
    return to;
  }

  /**
   * The 64-bit hash of a word: a multiply and xor-shift over eight bytes at a time, with the
   * finalizer of SplitMix64. It is part of the segment format; a change would invalidate existing
   * Bloom filters.
   */
  public static long hash(byte[] bytes, int from, int to) {
    return Hash.bytes(bytes, from, to, 0);
  }
}
