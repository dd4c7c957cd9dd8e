package io.logcaster.storage.segment.column;

import io.logcaster.record.Bitmap;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * Parses a column of decimal numbers. Accepts only text that printing the number restores byte for
 * byte: an optional minus, an integer part without leading zeros, an optional fraction. Not
 * thread-safe.
 */
public final class Decimals {

  /** The maximum length of a printed number: sign, zero before the point, point, and digits. */
  static final int MAX_LENGTH = DecimalDigits.MAX + 3;

  /** Mantissas are smaller than this in absolute value. */
  private static final long LIMIT = 1_000_000_000_000_000_000L;

  private long[] mantissas = new long[0];

  private long[] scales = new long[0];

  private int count;

  private int minScale;

  private int maxScale;

  private double min;

  private double max;

  private static final double[] POWERS = new double[DecimalDigits.MAX + 1];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  /**
   * Parses all values. Returns false if one is not such a number. Keeps the numbers until the next
   * call.
   */
  public boolean read(TextSlices values) {
    count = values.count();
    if (mantissas.length < count) {
      mantissas = new long[count];
      scales = new long[count];
    }
    minScale = Integer.MAX_VALUE;
    maxScale = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      if (!read(values.bytes(), values.start(i), values.end(i), i)) {
        return false;
      }
    }
    return true;
  }

  private boolean read(byte[] bytes, int from, int to, int index) {
    boolean negative = bytes[from] == '-';
    int at = negative ? from + 1 : from;
    if (to - at > DecimalDigits.MAX + 1
        || at == to
        || (bytes[at] == '0' && at + 1 < to && bytes[at + 1] != '.')) {
      return false;
    }
    int dot = -1;
    int start = at;
    long mantissa = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        if (bytes[at] != '.' || dot >= 0 || at == start || at + 1 == to) {
          return false;
        }
        dot = at;
      } else {
        mantissa = mantissa * 10 + digit;
      }
    }
    int scale = (dot < 0) ? 0 : to - dot - 1;
    if ((negative && mantissa == 0) || (dot < 0 && to - start > DecimalDigits.MAX)) {
      return false;
    }
    mantissas[index] = negative ? -mantissa : mantissa;
    scales[index] = scale;
    minScale = Math.min(minScale, scale);
    maxScale = Math.max(maxScale, scale);
    double number = mantissas[index] / POWERS[scale];
    min = Math.min(min, number);
    max = Math.max(max, number);
    return true;
  }

  /** Whether none of the numbers has a fraction. */
  public boolean isInteger() {
    return maxScale == 0;
  }

  /** A lower bound of all numbers, with a margin for rounding. */
  public double min() {
    return Math.nextDown(min);
  }

  /** An upper bound of all numbers, with a margin for rounding. */
  public double max() {
    return Math.nextUp(max);
  }

  /** Writes the numbers that {@link #read} parsed. */
  public void encode(LongsEncoder longs, BodyWriter body) {
    if (maxScale > 0) {
      longs.encode(scales, count, body);
    }
    longs.encode(mantissas, count, body);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param present the rows that have a value; null if all have
   * @param rows the number of rows of the block
   * @param count the number of rows that have a value
   * @param integer whether the file stores no scales
   */
  public static NumberColumn decode(
      String name, BodyReader body, @Nullable Bitmap present, int rows, int count, boolean integer)
      throws MalformedException {
    long[] scales = integer ? new long[0] : LongsLayout.decode(body, count);
    long[] mantissas = LongsLayout.decode(body, count);
    for (long mantissa : mantissas) {
      if (mantissa <= -LIMIT || mantissa >= LIMIT) {
        throw new MalformedException("number has more than 18 digits");
      }
    }
    byte[] decimals = new byte[integer ? 0 : count];
    for (int i = 0; i < decimals.length; i++) {
      if (scales[i] < 0 || scales[i] >= DecimalDigits.MAX) {
        throw new MalformedException("number has " + scales[i] + " decimals");
      }
      decimals[i] = (byte) scales[i];
    }
    if (present != null) {
      long[] ofRows = new long[rows];
      byte[] decimalsOfRows = new byte[integer ? 0 : rows];
      int value = 0;
      for (int row = present.next(0); row >= 0; row = present.next(row + 1)) {
        ofRows[row] = mantissas[value];
        if (!integer) {
          decimalsOfRows[row] = decimals[value];
        }
        value++;
      }
      return new NumberColumn(name, ofRows, decimalsOfRows, present);
    }
    return new NumberColumn(name, mantissas, decimals, null);
  }

  /** Returns a power of ten; the exponent is at most {@link DecimalDigits#MAX}. */
  static double power(int exponent) {
    return POWERS[exponent];
  }

  /**
   * Prints a number.
   *
   * @param number the mantissa: the digits without the point
   * @param scale the number of digits after the point
   * @param target has room for {@link #MAX_LENGTH} bytes
   * @return the index after its last byte
   */
  static int print(long number, int scale, byte[] target, int start) {
    int at = start;
    long mantissa = number;
    if (number < 0) {
      target[at++] = '-';
      mantissa = -number;
    }
    return printDigits(mantissa, scale, target, at);
  }

  private static int printDigits(long mantissa, int scale, byte[] target, int start) {
    if (scale == 0) {
      return DecimalDigits.print(mantissa, target, start);
    }
    long power = (long) POWERS[scale];
    int at = DecimalDigits.print(mantissa / power, target, start);
    target[at] = '.';
    long rest = mantissa % power;
    for (int i = at + scale; i > at; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + scale + 1;
  }
}
