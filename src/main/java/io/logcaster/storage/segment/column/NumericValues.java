package io.logcaster.storage.segment.column;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Verdict.GapCondition;
import io.logcaster.storage.segment.bytes.MalformedException;

/** Values stored as numbers and printed in decimal. */
abstract class NumericValues extends VariableValues {

  final long[] numbers;

  NumericValues(Affixes affixes, int longest, long[] numbers) {
    super(affixes, longest);
    this.numbers = numbers;
  }

  /** Rejects numbers that are negative or have more than {@code digits} digits. */
  static long[] checked(long[] numbers, int digits) throws MalformedException {
    long bound = 1;
    for (int i = 0; i < digits; i++) {
      bound *= 10;
    }
    for (long number : numbers) {
      if (number < 0 || number >= bound) {
        throw new MalformedException("number " + number + " exceeds " + digits + " digits");
      }
    }
    return numbers;
  }

  /** Whether a text has the length and the leading zeros of these values. */
  abstract boolean isForm(byte[] text);

  @Override
  final void retainInner(Bitmap kept, GapCondition condition) {
    byte[] equal = condition.equal();
    if (equal == null) {
      super.retainInner(kept, condition);
      return;
    }
    long number = isForm(equal) ? parse(equal) : -1;
    for (int i = kept.next(0); i >= 0; i = kept.next(i + 1)) {
      if (numbers[i] != number) {
        kept.clear(i);
      }
    }
  }

  /** Parses decimal digits; returns -1 for any other text. */
  private static long parse(byte[] text) {
    if (text.length == 0 || text.length > DecimalDigits.MAX) {
      return -1;
    }
    long number = 0;
    for (byte b : text) {
      if (b < '0' || b > '9') {
        return -1;
      }
      number = number * 10 + b - '0';
    }
    return number;
  }

  @Override
  final long memoryBytes() {
    return 8L * numbers.length;
  }
}
