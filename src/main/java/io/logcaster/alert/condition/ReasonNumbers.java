package io.logcaster.alert.condition;

import io.logcaster.query.value.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers of alerts as people see them. */
public final class ReasonNumbers {

  /** As many digits as people compare at a glance; an average has up to seventeen. */
  private static final MathContext DIGITS = new MathContext(6);

  /**
   * Every number of so many digits survives arithmetic with doubles; the digits after it may not.
   */
  private static final MathContext CERTAIN = new MathContext(15);

  private ReasonNumbers() {}

  /** The number without the noise of arithmetic: 99.975 for 99.97500000000001. */
  public static double round(double number) {
    return Double.isFinite(number) && number != Math.rint(number)
        ? BigDecimal.valueOf(number).round(CERTAIN).doubleValue()
        : number;
  }

  /** The number with six significant digits; whole numbers keep all of theirs. */
  static String print(double number) {
    boolean isFraction = Double.isFinite(number) && number != Math.rint(number);
    return Numbers.format(
        isFraction ? BigDecimal.valueOf(number).round(DIGITS).doubleValue() : number);
  }
}
