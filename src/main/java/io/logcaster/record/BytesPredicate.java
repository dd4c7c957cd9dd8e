package io.logcaster.record;

import org.jspecify.annotations.Nullable;

/** A test of one value, given as a range of UTF-8 bytes. An absent value is an empty range. */
@FunctionalInterface
public interface BytesPredicate {

  /** A run of word bytes in an outline. This byte never occurs in UTF-8. */
  byte RUN = (byte) 0xFF;

  /** Passes values that are not empty. */
  BytesPredicate FILLED =
      new BytesPredicate() {
        @Override
        public boolean test(byte[] bytes, int from, int to) {
          return from < to;
        }

        @Override
        public Verdict judge(TextShape shape) {
          return Verdict.YES;
        }
      };

  /** Passes empty values. */
  BytesPredicate EMPTY =
      new BytesPredicate() {
        @Override
        public boolean test(byte[] bytes, int from, int to) {
          return from == to;
        }

        @Override
        public Verdict judge(TextShape shape) {
          return Verdict.NO;
        }
      };

  /**
   * Tests a value.
   *
   * @param bytes the array that holds it; not to be kept or changed
   * @param from its first byte
   * @param to the byte after its last
   * @return whether the value passes
   */
  boolean test(byte[] bytes, int from, int to);

  /**
   * The equivalent test on numbers, for values written as decimal digits with an optional minus
   * sign and fraction; null if the text itself must be tested.
   */
  default @Nullable DecimalPredicate ofDecimals() {
    return null;
  }

  /**
   * What holds for all texts of a shape, so that a column that stores its values as shapes need not
   * assemble them. No text is empty.
   */
  default Verdict judge(TextShape shape) {
    return Verdict.UNKNOWN;
  }

  /**
   * What holds for all texts of an outline: a text in which a byte {@link #RUN} stands for any run
   * of ASCII letters, digits and underscores with a decimal digit among them, and has no such byte
   * next to it. Cheaper than a shape, and enough for most searches of words; {@link
   * Verdict#UNKNOWN} where only the {@linkplain #judge shape} may tell more.
   */
  default Verdict judgeOutline(byte[] outline) {
    return Verdict.UNKNOWN;
  }
}
