package io.logcaster.query.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A number to compare values with.
 *
 * @param number the nearest double
 * @param exact the number itself where the double may be rounded, else null
 */
public record NumberBound(double number, @Nullable BigDecimal exact) {

  /** Below every finite number. */
  public static final NumberBound LOWEST = new NumberBound(Double.NEGATIVE_INFINITY, null);

  /** Above every finite number. */
  public static final NumberBound HIGHEST = new NumberBound(Double.POSITIVE_INFINITY, null);

  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);

  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  /** What a text measures; null if it measures nothing. */
  public static @Nullable NumberBound of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    double number = Numbers.measure(bytes, 0, bytes.length);
    if (Double.isNaN(number)) {
      return null;
    }
    return new NumberBound(
        number,
        ExactNumbers.mayBeRounded(number) ? ExactNumbers.measure(bytes, 0, bytes.length) : null);
  }

  /**
   * Compares a value with this.
   *
   * @param measure what the value measures, not NaN
   */
  public int compare(double measure, byte[] bytes, int from, int to) {
    int order = Double.compare(measure + 0.0, number + 0.0);
    return (order == 0 && exact != null)
        ? ExactNumbers.measure(bytes, from, to).compareTo(exact)
        : order;
  }

  /** The smallest long that is not less; the largest long if all are less. */
  public long ceiling() {
    return integer(RoundingMode.CEILING);
  }

  /** The largest long that is not greater; the smallest long if all are greater. */
  public long floor() {
    return integer(RoundingMode.FLOOR);
  }

  private long integer(RoundingMode rounding) {
    if (Double.isInfinite(number)) {
      return (number < 0) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    BigDecimal value = (exact == null) ? new BigDecimal(number) : exact;
    return value.setScale(0, rounding).max(MIN_LONG).min(MAX_LONG).longValueExact();
  }

  /** Whether every long is less. */
  public boolean isAboveLongs() {
    return (exact == null) ? number > Long.MAX_VALUE : exact.compareTo(MAX_LONG) > 0;
  }

  /** Whether every long is greater. */
  public boolean isBelowLongs() {
    return (exact == null) ? number < Long.MIN_VALUE : exact.compareTo(MIN_LONG) < 0;
  }

  /** Whether this has no fraction and is finite. */
  public boolean isWhole() {
    return number == Math.rint(number) && !Double.isInfinite(number);
  }

  /** Whether an integer of 64 bits is this number. */
  public boolean isInteger() {
    return !Double.isInfinite(number) && ceiling() == floor();
  }
}
