package io.logcaster.record;

import java.util.List;

/**
 * What a set of texts has in common: constant parts, and gaps between them whose content is known
 * only by its kind. There is one part more than there are gaps; parts may be empty. Immutable.
 *
 * @param parts the texts before, between and after the gaps, as UTF-8 without split characters; not
 *     to be changed
 * @param gaps the gaps
 */
public record TextShape(List<byte[]> parts, List<Gap> gaps) {

  public TextShape {
    parts = List.copyOf(parts);
    gaps = List.copyOf(gaps);
    if (parts.size() != gaps.size() + 1) {
      throw new IllegalArgumentException(
          parts.size() + " parts do not surround " + gaps.size() + " gaps");
    }
  }

  /** The length of the longest text, in bytes. */
  public long maxLength() {
    long length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    for (Gap gap : gaps) {
      length += gap.maxLength();
    }
    return length;
  }

  /** What a gap may contain. */
  public enum Alphabet {
    DIGITS,
    LOWER_HEX,
    UPPER_HEX,

    /** ASCII letters, digits and underscores. */
    WORD,

    /** Any byte. */
    ANY;

    @SuppressWarnings("ImmutableEnumChecker") // filled once, below
    private final boolean[] bytes = new boolean[256];

    static {
      for (Alphabet alphabet : values()) {
        for (int c = 0; c < 256; c++) {
          alphabet.bytes[c] =
              switch (alphabet) {
                case DIGITS -> c >= '0' && c <= '9';
                case LOWER_HEX -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                case UPPER_HEX -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
                case WORD -> c < 128 && Tokens.isWord(c);
                case ANY -> true;
              };
        }
      }
    }

    public boolean has(byte b) {
      return bytes[b & 0xff];
    }
  }

  /**
   * A gap.
   *
   * @param alphabet the bytes it may contain
   * @param minLength the minimum number of bytes
   * @param maxLength the maximum number of bytes
   */
  public record Gap(Alphabet alphabet, int minLength, int maxLength) {

    /**
     * Whether the gap always lies within a word: it is never empty and contains word bytes only.
     */
    public boolean isInWord() {
      return alphabet != Alphabet.ANY && minLength > 0;
    }
  }
}
