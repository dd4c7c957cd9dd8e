package io.logcaster.storage.segment.column;

/** Prints numbers in decimal, two digits at a time. */
public final class DecimalDigits {

  /** The maximum number of digits. The difference of two such numbers still fits in a long. */
  public static final int MAX = 18;

  private static final byte[] PAIRS = new byte[200];

  static {
    for (int i = 0; i < 100; i++) {
      PAIRS[i * 2] = (byte) ('0' + i / 10);
      PAIRS[i * 2 + 1] = (byte) ('0' + i % 10);
    }
  }

  private DecimalDigits() {}

  /** The number of digits of a non-negative number. */
  static int count(long value) {
    int length = 1;
    for (long bound = 10; length < MAX + 1 && value >= bound; bound *= 10) {
      length++;
    }
    return length;
  }

  /** Prints a non-negative number and returns the index after its last digit. */
  static int print(long value, byte[] target, int start) {
    int length = count(value);
    int at = start + length;
    long rest = value;
    while (rest >= 100) {
      int pair = (int) (rest % 100) * 2;
      rest /= 100;
      target[--at] = PAIRS[pair + 1];
      target[--at] = PAIRS[pair];
    }
    if (rest >= 10) {
      int pair = (int) rest * 2;
      target[--at] = PAIRS[pair + 1];
      target[--at] = PAIRS[pair];
    } else {
      target[--at] = (byte) ('0' + rest);
    }
    return start + length;
  }
}
