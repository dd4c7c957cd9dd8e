package io.logcaster.storage.segment.column;

import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.Verdict.GapTest;
import java.util.Arrays;

/** The values of one variable of a template, see {@link VariableLayout}. Immutable. */
final class VariableValues {

  private static final byte[] LOWER = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private static final byte[] UPPER = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  private static final int[] NO_ENDS = {};

  private final VariableLayout words;

  private final long[] numbers;

  /** Where texts end, counted from the first. */
  private final int[] ends;

  /** Packed digits, texts, codes. */
  private final byte[] bytes;

  /** The longest value in bytes, affixes included. */
  private final int maxLength;

  VariableValues(VariableLayout words, long[] numbers, byte[] bytes) {
    this.words = words;
    this.numbers = numbers;
    this.bytes = bytes;
    ends = (words.kind() == VariableLayout.TEXT) ? ends(numbers) : NO_ENDS;
    maxLength = words.prefix().length + words.suffix().length + longest();
  }

  private static int[] ends(long[] lengths) {
    int[] ends = new int[lengths.length];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += (int) lengths[i];
      ends[i] = end;
    }
    return ends;
  }

  private int longest() {
    return switch (words.kind()) {
      case VariableLayout.NUMBER -> VariableLayout.MAX_DIGITS + 1;
      case VariableLayout.DICTIONARY -> words.gap().maxLength();
      case VariableLayout.TEXT -> {
        long longest = 0;
        for (long length : numbers) {
          longest = Math.max(longest, length);
        }
        yield (int) longest;
      }
      default -> words.digits();
    };
  }

  /** No value is longer. */
  int maxLength() {
    return maxLength;
  }

  long memoryBytes() {
    return 8L * numbers.length + 4L * ends.length;
  }

  /**
   * Writes a value.
   *
   * @param target with room for {@link #maxLength()} bytes
   * @return the index after its last byte
   */
  int write(int index, byte[] target, int start) {
    int at = start;
    for (byte b : words.prefix()) {
      target[at++] = b;
    }
    at = writeInner(index, target, at);
    for (byte b : words.suffix()) {
      target[at++] = b;
    }
    return at;
  }

  /** Writes a value without what all begin and end with. */
  private int writeInner(int index, byte[] target, int start) {
    return switch (words.kind()) {
      case VariableLayout.NUMBER -> VariableLayout.decimal(numbers[index], target, start);
      case VariableLayout.DIGITS -> {
        long rest = numbers[index];
        int end = start + words.digits();
        for (int i = end - 1; i >= start; i--) {
          target[i] = (byte) ('0' + rest % 10);
          rest /= 10;
        }
        yield end;
      }
      case VariableLayout.LOWER_HEX -> hexadecimal(LOWER, index, target, start);
      case VariableLayout.UPPER_HEX -> hexadecimal(UPPER, index, target, start);
      case VariableLayout.DICTIONARY -> {
        int code = bytes[words.at() + index] & 0xff;
        int from = words.entryStart(code);
        int length = words.entryEnd(code) - from;
        System.arraycopy(words.entries(), from, target, start, length);
        yield start + length;
      }
      case VariableLayout.TEXT -> {
        int from = textStart(index);
        int length = words.at() + ends[index] - from;
        System.arraycopy(bytes, from, target, start, length);
        yield start + length;
      }
      default -> start;
    };
  }

  private int hexadecimal(byte[] alphabet, int index, byte[] target, int start) {
    int digits = words.digits();
    long nibble = (long) index * digits;
    for (int i = 0; i < digits; i++, nibble++) {
      int b = bytes[words.at() + (int) (nibble >>> 1)];
      target[start + i] = alphabet[(b >>> ((~nibble & 1) << 2)) & 0xF];
    }
    return start + digits;
  }

  private int textStart(int index) {
    return words.at() + ((index == 0) ? 0 : ends[index - 1]);
  }

  /**
   * Keeps the values that meet a condition.
   *
   * @param kept a selection of values by their index
   * @param whole whether the condition is one on the values with what all begin and end with
   */
  void retain(Bitmap kept, GapTest condition, boolean whole) {
    byte[] equal = condition.equal();
    if (whole) {
      test(kept, condition.test(), true);
      return;
    }
    switch (words.kind()) {
      case VariableLayout.NUMBER, VariableLayout.DIGITS -> {
        if (equal == null) {
          test(kept, condition.test(), false);
        } else {
          retain(kept, number(equal));
        }
      }
      case VariableLayout.DICTIONARY -> {
        boolean[] passes = new boolean[words.entryCount()];
        for (int entry = 0; entry < passes.length; entry++) {
          passes[entry] =
              condition
                  .test()
                  .test(words.entries(), words.entryStart(entry), words.entryEnd(entry));
        }
        kept.retain(Arrays.copyOfRange(bytes, words.at(), words.at() + words.count()), passes);
      }
      case VariableLayout.TEXT -> {
        for (int i = kept.next(0); i >= 0; i = kept.next(i + 1)) {
          if (!condition.test().test(bytes, textStart(i), words.at() + ends[i])) {
            kept.clear(i);
          }
        }
      }
      default -> {
        boolean wholeBytes = words.digits() % 2 == 0;
        if (equal != null && wholeBytes && words.kind() != VariableLayout.CONSTANT) {
          retainPacked(kept, equal);
        } else {
          test(kept, condition.test(), false);
        }
      }
    }
  }

  /** The number that digits print as, -1 where none does. */
  private long number(byte[] text) {
    boolean fixed = words.kind() == VariableLayout.DIGITS;
    if (text.length == 0
        || text.length > VariableLayout.MAX_DIGITS
        || (fixed ? text.length != words.digits() : text[0] == '0' && text.length > 1)) {
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

  private void retain(Bitmap kept, long number) {
    for (int i = kept.next(0); i >= 0; i = kept.next(i + 1)) {
      if (numbers[i] != number) {
        kept.clear(i);
      }
    }
  }

  private void retainPacked(Bitmap kept, byte[] digits) {
    if (digits.length != words.digits()) {
      kept.clear();
      return;
    }
    byte[] alphabet = (words.kind() == VariableLayout.LOWER_HEX) ? LOWER : UPPER;
    int length = digits.length / 2;
    byte[] packed = new byte[length];
    for (int i = 0; i < digits.length; i++) {
      int value = Arrays.binarySearch(alphabet, digits[i]);
      if (value < 0) {
        kept.clear();
        return;
      }
      packed[i / 2] |= (byte) (value << ((~i & 1) << 2));
    }
    for (int i = kept.next(0); i >= 0; i = kept.next(i + 1)) {
      int from = words.at() + i * length;
      if (!Arrays.equals(bytes, from, from + length, packed, 0, length)) {
        kept.clear(i);
      }
    }
  }

  private void test(Bitmap kept, BytesPredicate test, boolean whole) {
    byte[] value = new byte[maxLength];
    for (int i = kept.next(0); i >= 0; i = kept.next(i + 1)) {
      int length = whole ? write(i, value, 0) : writeInner(i, value, 0);
      if (!test.test(value, 0, length)) {
        kept.clear(i);
      }
    }
  }
}
