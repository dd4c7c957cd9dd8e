package io.logcaster.storage.segment.column;

/** Prints numbers in decimal digits, two at a time. */
public final class DecimalDigits {

  /** 10^18 fits a long, with room for a difference of two. */
  public static final int MAX = 18;

  private static final byte[] PAIRS = new byte[200];

  static {
    for (int i = 0; i < 100; i++) {
      PAIRS[i * 2] = (byte) ('0' + i / 10);
      PAIRS[i * 2 + 1] = (byte) ('0' + i % 10);
    }
  }

  private DecimalDigits() {}

  /** Prints a number of 0 or more and returns the index after its last digit. */
  static int print(long value, byte[] target, int start) {
    int length = 1;
    for (long bound = 10; length < MAX + 1 && value >= bound; bound *= 10) {
      length++;
    }
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
