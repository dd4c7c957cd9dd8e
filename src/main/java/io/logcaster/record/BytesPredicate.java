package io.logcaster.record;

import org.jspecify.annotations.Nullable;

/** A test of one value, given as a range of UTF-8 bytes. An absent value is an empty range. */
@FunctionalInterface
public interface BytesPredicate {

  /** Values that are not empty. */
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

  /** Values that are. */
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
   * The test of the number that a value is where it is written as decimal digits with an optional
   * minus and fraction; null where the text has to be tested.
   */
  default @Nullable DecimalPredicate ofDecimals() {
    return null;
  }

  /**
   * What can be told of all texts of a shape at once, so that a column that keeps its values in
   * shapes need not put them together. None of the texts is empty.
   */
  default Verdict judge(TextShape shape) {
    return Verdict.UNKNOWN;
  }
}
