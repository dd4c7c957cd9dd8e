package io.logcaster.record;

/** Tests values that a column stores as numbers, so that their text need not be decoded. */
public interface DecimalPredicate {

  /** Tests a decimal number that the double identifies exactly. */
  boolean test(double number);

  /** Tests an integer, which may be too large for a double to hold exactly. */
  boolean test(long number);
}
