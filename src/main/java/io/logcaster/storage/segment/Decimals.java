package io.logcaster.storage.segment;

/**
 * Reads a column as decimal numbers whose text can be printed again byte for byte: an optional
 * minus, an integer part without leading zeros, an optional fraction. Not thread-safe.
 */
final class Decimals {

  private long[] mantissas = new long[0];

  private long[] scales = new long[0];

  private int count;

  private int minScale;

  private int maxScale;

  private double min;

  private double max;

  private static final double[] POWERS = new double[Words.MAX_DIGITS + 1];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  /** Whether all values are such numbers; they are kept until the next call. */
  boolean read(Values values) {
    count = values.count;
    if (mantissas.length < count) {
      mantissas = new long[count];
      scales = new long[count];
    }
    minScale = Integer.MAX_VALUE;
    maxScale = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      if (!read(values.bytes, values.froms[i], values.tos[i], i)) {
        return false;
      }
    }
    return true;
  }

  private boolean read(byte[] bytes, int from, int to, int index) {
    boolean negative = bytes[from] == '-';
    int at = negative ? from + 1 : from;
    if (to - at > Words.MAX_DIGITS + 1
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
    if ((negative && mantissa == 0) || (dot < 0 && to - start > Words.MAX_DIGITS)) {
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

  boolean isInteger() {
    return maxScale == 0;
  }

  /** A bound below all numbers, far enough to make up for rounding. */
  double min() {
    return Math.nextDown(min);
  }

  double max() {
    return Math.nextUp(max);
  }

  void encode(LongsEncoder longs, BodyWriter body) {
    if (maxScale > 0) {
      longs.encode(scales, count, body);
    }
    longs.encode(mantissas, count, body);
  }

  /** Reads what {@link #encode} wrote. */
  static Texts decode(BodyReader body, int count, boolean integer) throws MalformedException {
    long[] scales = integer ? new long[0] : LongsLayout.decode(body, count);
    long[] mantissas = LongsLayout.decode(body, count);
    byte[] bytes = new byte[Math.toIntExact(Math.multiplyExact((long) count, 21L))];
    int[] ends = new int[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      long mantissa = mantissas[i];
      if (mantissa < 0) {
        bytes[at++] = '-';
        mantissa = -mantissa;
      }
      if (mantissa < 0 || mantissa >= 1_000_000_000_000_000_000L) {
        throw new MalformedException("number of more than 18 digits");
      }
      long scale = integer ? 0 : scales[i];
      if (scale < 0 || scale >= Words.MAX_DIGITS) {
        throw new MalformedException("number with " + scale + " decimals");
      }
      at = print(mantissa, (int) scale, bytes, at);
      ends[i] = at;
    }
    return new Texts(bytes, ends);
  }

  private static int print(long mantissa, int scale, byte[] target, int start) {
    if (scale == 0) {
      return Words.decimal(mantissa, target, start);
    }
    long power = (long) POWERS[scale];
    int at = Words.decimal(mantissa / power, target, start);
    target[at] = '.';
    long rest = mantissa % power;
    for (int i = at + scale; i > at; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + scale + 1;
  }
}
