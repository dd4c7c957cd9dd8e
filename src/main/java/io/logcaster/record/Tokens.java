package io.logcaster.record;

/**
 * Splits a value into words: maximal runs of Unicode letters, digits and underscores. The index of
 * a segment and the word filters of a query must agree on it, so it stands here, once.
 */
public final class Tokens {

  private static final boolean[] ASCII_WORD = new boolean[128];

  static {
    for (int c = 0; c < 128; c++) {
      ASCII_WORD[c] = c == '_' || Character.isLetterOrDigit(c);
    }
  }

  private Tokens() {}

  /** Takes the words of a value, in order. */
  @FunctionalInterface
  public interface Visitor {

    /** A word, as a range of the bytes that are split. */
    void token(byte[] bytes, int from, int to);
  }

  public static boolean isWord(int codePoint) {
    return (codePoint < 128) ? ASCII_WORD[codePoint] : Character.isLetterOrDigit(codePoint);
  }

  /** Hands the words of well-formed UTF-8 to a visitor. */
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

  /** The first place at or after {@code at} where a word begins, or {@code to}. */
  public static int skipOther(byte[] bytes, int at, int to) {
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

  /** The first place at or after {@code at} that is not part of a word, or {@code to}. */
  public static int skipWord(byte[] bytes, int at, int to) {
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
   * The 64-bit hash of a word: eight bytes at a time through a multiply and xor-shift, finished as
   * in SplitMix64. It is part of the segment format; changing it makes older blooms useless.
   */
  public static long hash(byte[] bytes, int from, int to) {
    return Hash.bytes(bytes, from, to, 0);
  }
}
