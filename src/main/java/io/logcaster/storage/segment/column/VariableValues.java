package io.logcaster.storage.segment.column;

import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.Verdict.GapCondition;

/** The values of one variable of a template, see {@link VariableLayout}. Immutable. */
abstract class VariableValues {

  private final byte[] prefix;

  private final byte[] suffix;

  private final int maxInnerLength;

  /**
   * Values.
   *
   * @param longest the length in bytes that no value exceeds, affixes not counted
   */
  VariableValues(Affixes affixes, int longest) {
    prefix = affixes.prefix();
    suffix = affixes.suffix();
    maxInnerLength = longest;
  }

  /** The length in bytes that no value exceeds, affixes not counted. */
  final int maxInnerLength() {
    return maxInnerLength;
  }

  /** What the values take beside their description. */
  abstract long memoryBytes();

  /** Writes a value with its affixes and returns the index after its last byte. */
  private int write(int index, byte[] target, int start) {
    int at = start;
    for (byte b : prefix) {
      target[at++] = b;
    }
    at = writeInner(index, target, at);
    for (byte b : suffix) {
      target[at++] = b;
    }
    return at;
  }

  /**
   * Writes a value without its affixes.
   *
   * @param target with room for {@link #maxInnerLength()} bytes
   * @return the index after its last byte
   */
  abstract int writeInner(int index, byte[] target, int start);

  /**
   * Keeps the values that meet a condition.
   *
   * @param kept a selection of values by their index
   * @param whole whether the condition is one on values with their affixes
   */
  final void retain(Bitmap kept, GapCondition condition, boolean whole) {
    if (whole) {
      test(kept, condition.test(), true);
    } else {
      retainInner(kept, condition);
    }
  }

  /** Keeps the values that meet a condition on them without their affixes. */
  void retainInner(Bitmap kept, GapCondition condition) {
    test(kept, condition.test(), false);
  }

  private void test(Bitmap kept, BytesPredicate test, boolean whole) {
    byte[] value = new byte[prefix.length + maxInnerLength + suffix.length];
    for (int i = kept.next(0); i >= 0; i = kept.next(i + 1)) {
      int length = whole ? write(i, value, 0) : writeInner(i, value, 0);
      if (!test.test(value, 0, length)) {
        kept.clear(i);
      }
    }
  }
}
