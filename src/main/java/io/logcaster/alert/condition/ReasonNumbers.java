package io.logcaster.alert.condition;

import io.logcaster.query.value.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;

/** Prints numbers for people, in the reason of an alert. */
final class ReasonNumbers {

  /** As many digits as people compare at a glance; an average has up to seventeen. */
  private static final MathContext DIGITS = new MathContext(6);

  private ReasonNumbers() {}

  /** The number with six significant digits; whole numbers keep all of theirs. */
  static String print(double number) {
    boolean isFraction = Double.isFinite(number) && number != Math.rint(number);
    return Numbers.format(
        isFraction ? BigDecimal.valueOf(number).round(DIGITS).doubleValue() : number);
  }
}
