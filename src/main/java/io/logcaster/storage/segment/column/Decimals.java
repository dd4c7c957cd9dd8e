package io.logcaster.storage.segment.column;

import io.logcaster.record.Bitmap;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a column as decimal numbers whose text can be printed again byte for byte: an optional
 * minus, an integer part without leading zeros, an optional fraction. Not thread-safe.
 */
public final class Decimals {

  /** A sign, a digit before the point, the point and the other digits. */
  static final int MAX_LENGTH = DecimalDigits.MAX + 3;

  /** A number has fewer digits than this. */
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

  /** Whether all values are such numbers; they are kept until the next call. */
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

  public boolean isInteger() {
    return maxScale == 0;
  }

  /** A bound below all numbers, far enough to make up for rounding. */
  public double min() {
    return Math.nextDown(min);
  }

  public double max() {
    return Math.nextUp(max);
  }

  public void encode(LongsEncoder longs, BodyWriter body) {
    if (maxScale > 0) {
      longs.encode(scales, count, body);
    }
    longs.encode(mantissas, count, body);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param present the rows that have a value, null where all have
   * @param count how many rows that are
   */
  public static NumberColumn decode(
      String name, BodyReader body, @Nullable Bitmap present, int rows, int count, boolean integer)
      throws MalformedException {
    long[] scales = integer ? new long[0] : LongsLayout.decode(body, count);
    long[] mantissas = LongsLayout.decode(body, count);
    for (long mantissa : mantissas) {
      if (mantissa <= -LIMIT || mantissa >= LIMIT) {
        throw new MalformedException("number of more than 18 digits");
      }
    }
    byte[] decimals = new byte[integer ? 0 : count];
    for (int i = 0; i < decimals.length; i++) {
      if (scales[i] < 0 || scales[i] >= DecimalDigits.MAX) {
        throw new MalformedException("number with " + scales[i] + " decimals");
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

  /** A power of ten, of up to {@link DecimalDigits#MAX}. */
  static double power(int exponent) {
    return POWERS[exponent];
  }

  /**
   * Writes a number.
   *
   * @param target with room for {@link #MAX_LENGTH} bytes
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
