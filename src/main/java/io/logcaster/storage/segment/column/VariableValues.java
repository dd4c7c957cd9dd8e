package io.logcaster.storage.segment.column;

import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.Verdict.GapCondition;
import io.logcaster.record.Verdict.Walk;

/** The values of one variable of a template; see {@link VariableLayout}. Immutable. */
abstract class VariableValues {

  private final byte[] prefix;

  private final byte[] suffix;

  private final int maxInnerLength;

  /**
   * Creates values with common affixes.
   *
   * @param longest the maximum length of a value in bytes, without affixes
   */
  VariableValues(Affixes affixes, int longest) {
    prefix = affixes.prefix();
    suffix = affixes.suffix();
    maxInnerLength = longest;
  }

  /** The maximum length of a value in bytes, without affixes. */
  final int maxInnerLength() {
    return maxInnerLength;
  }

  /** The memory that the values take in addition to their description. */
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
   * @param target has room for {@link #maxInnerLength()} bytes
   * @return the index after its last byte
   */
  abstract int writeInner(int index, byte[] target, int start);

  /**
   * Narrows a selection to the values that meet a condition.
   *
   * @param kept the selection, by index of the value
   * @param whole whether the condition applies to values with their affixes
   */
  final void retain(Bitmap kept, GapCondition condition, boolean whole) {
    if (whole) {
      test(kept, condition.test(), true);
    } else {
      retainInner(kept, condition);
    }
  }

  /** Narrows a selection to the values that meet a condition without their affixes. */
  void retainInner(Bitmap kept, GapCondition condition) {
    test(kept, condition.test(), false);
  }

  /**
   * Continues a walk with the content of a gap.
   *
   * @param whole whether the gap includes the affixes
   * @param scratch has room for {@link #maxLength()} bytes
   */
  final long walk(Walk walk, long place, int index, boolean whole, byte[] scratch) {
    return whole
        ? walk.next(place, scratch, 0, write(index, scratch, 0))
        : walkInner(walk, place, index, scratch);
  }

  /** Continues a walk with a value without its affixes. */
  long walkInner(Walk walk, long place, int index, byte[] scratch) {
    return walk.next(place, scratch, 0, writeInner(index, scratch, 0));
  }

  /** The maximum length of a value in bytes, affixes included. */
  final int maxLength() {
    return prefix.length + maxInnerLength + suffix.length;
  }

  private void test(Bitmap kept, BytesPredicate test, boolean whole) {
    byte[] value = new byte[maxLength()];
    for (int i = kept.next(0); i >= 0; i = kept.next(i + 1)) {
      int length = whole ? write(i, value, 0) : writeInner(i, value, 0);
      if (!test.test(value, 0, length)) {
        kept.clear(i);
      }
    }
  }
}
