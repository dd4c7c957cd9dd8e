package io.logcaster.storage.segment.column;

/** Prints and reads numbers in decimal, several digits at a time. */
public final class DecimalDigits {

  /** The maximum number of digits. The difference of two such numbers still fits in a long. */
  public static final int MAX = 18;

  static final long ZEROS = 0x3030303030303030L;

  static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

  static final long HIGH_BITS = 0x8080808080808080L;

  /** Added to a byte from 0 to 127, sets the high bit if the byte is at least 10. */
  static final long FROM_TEN = 0x7676767676767676L;

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

  /** How many of eight characters, the lowest byte first, are digits before any other character. */
  static int leading(long word) {
    // Digits become 0..9, all other bytes 10 or more.
    long shifted = word ^ ZEROS;
    long others = (((shifted & LOW_BITS) + FROM_TEN) | shifted) & HIGH_BITS;
    return Long.numberOfTrailingZeros(others) >>> 3;
  }

  /** Eight characters in which each digit has become a zero. */
  static long blurred(long word) {
    long shifted = word ^ ZEROS;
    long digits = ~(((shifted & LOW_BITS) + FROM_TEN) | shifted) & HIGH_BITS;
    return word & ~((digits >>> 7) * 0xF);
  }

  /** The number that the first {@code length} of eight characters print, 1 to 8 digits. */
  static long read(long word, int length) {
    // The digits move to the end; the bytes before them are zeros.
    long digits = (word ^ ZEROS) << ((Long.BYTES - length) * 8);
    digits = (digits * 10 + (digits >>> 8)) & 0x00FF00FF00FF00FFL;
    digits = (digits * 100 + (digits >>> 16)) & 0x0000FFFF0000FFFFL;
    return (digits * 10_000 + (digits >>> 32)) & 0xFFFFFFFFL;
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
