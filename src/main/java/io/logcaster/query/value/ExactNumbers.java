package io.logcaster.query.value;

import io.logcaster.record.Timestamps;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Parses numbers without rounding. Doubles decide almost every comparison, and are many times as
 * fast; these methods tell apart values that round to the same double of {@link #INEXACT} or more,
 * such as identities and times in nanoseconds.
 */
public final class ExactNumbers {

  /** From here on, a double cannot represent every integer. */
  public static final double INEXACT = 0x1p53;

  /** What {@link #integer} gives for a value that is not written as an integer of 64 bits. */
  public static final long NONE = Long.MIN_VALUE;

  /**
   * How many characters of a number count. A finite double has at most 309 digits before the point;
   * what follows that in a longer text makes no difference that matters.
   */
  private static final int MAX_LENGTH = 400;

  private ExactNumbers() {}

  /** Whether the value that a double was parsed from may differ from the double. */
  public static boolean mayBeRounded(double number) {
    return Math.abs(number) >= INEXACT && !Double.isInfinite(number);
  }

  /**
   * The integer that a value of decimal digits with an optional minus is.
   *
   * @return the integer, or {@link #NONE}
   */
  public static long integer(byte[] bytes, int from, int to) {
    int at = (from < to && bytes[from] == '-') ? from + 1 : from;
    // Eighteen digits never overflow, nineteen may.
    if (at == to || to - at > 19) {
      return NONE;
    }
    long value = 0;
    for (int i = at; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return NONE;
      }
      value = value * 10 + digit;
    }
    return (at > from) ? -value : value;
  }

  /**
   * What a value measures, without rounding.
   *
   * @param bytes a value whose {@link Numbers#measure measure} is finite
   */
  public static BigDecimal measure(byte[] bytes, int from, int to) {
    long integer = integer(bytes, from, to);
    if (integer != NONE) {
      return BigDecimal.valueOf(integer);
    }
    long time = Timestamps.parse(bytes, from, to);
    if (time != Timestamps.INVALID) {
      return BigDecimal.valueOf(time);
    }
    long nanos = Durations.parse(bytes, from, to);
    if (nanos != Durations.INVALID) {
      return BigDecimal.valueOf(nanos);
    }
    String text =
        new String(bytes, from, Math.min(to - from, MAX_LENGTH), StandardCharsets.US_ASCII)
            .replace("_", "");
    boolean negative = text.startsWith("-");
    String magnitude = (negative || text.startsWith("+")) ? text.substring(1) : text;
    BigDecimal number = magnitude(magnitude);
    return negative ? number.negate() : number;
  }

  private static BigDecimal magnitude(String text) {
    char last = text.charAt(text.length() - 1);
    char second = (text.length() > 2) ? Character.toLowerCase(text.charAt(1)) : ' ';
    int radix = (second == 'x') ? 16 : (second == 'o') ? 8 : (second == 'b') ? 2 : 10;
    if (radix != 10) {
      return new BigDecimal(new BigInteger(text.substring(2), radix));
    }
    return (last == '.' || Character.isDigit(last)) ? new BigDecimal(text) : size(text);
  }

  private static BigDecimal size(String text) {
    BigDecimal total = BigDecimal.ZERO;
    int at = 0;
    while (at < text.length()) {
      int unit = at;
      while (unit < text.length() && !Character.isLetter(text.charAt(unit))) {
        unit++;
      }
      int end = unit;
      while (end < text.length() && Character.isLetter(text.charAt(end))) {
        end++;
      }
      BigDecimal factor = BigDecimal.valueOf((long) Numbers.unit(text.substring(unit, end)));
      total = total.add(new BigDecimal(text.substring(at, unit)).multiply(factor));
      at = end;
    }
    return total;
  }

  /** Compares two values whose measures are finite. */
  static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    long left = integer(a, aFrom, aTo);
    long right = integer(b, bFrom, bTo);
    return (left != NONE && right != NONE)
        ? Long.compare(left, right)
        : measure(a, aFrom, aTo).compareTo(measure(b, bFrom, bTo));
  }

  /** Compares what two values measure; both must measure something. */
  public static int compareMeasures(
      double left, byte[] a, int aFrom, int aTo, double right, byte[] b, int bFrom, int bTo) {
    int order = Double.compare(left + 0.0, right + 0.0);
    return (order == 0 && mayBeRounded(left)) ? compare(a, aFrom, aTo, b, bFrom, bTo) : order;
  }
}
