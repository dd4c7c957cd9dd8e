package io.logcaster.record;

/** Tests numbers that columns keep as numbers, so that their text need not be written. */
public interface DecimalPredicate {

  /** Tests a decimal that the double stands for without ambiguity. */
  boolean test(double number);

  /** Tests an integer, which a double may not hold. */
  boolean test(long number);
}
