package io.logcaster.record;

/** Reads values as numbers. */
@FunctionalInterface
public interface BytesToDouble {

  /**
   * Reads a value as a number; NaN if it is not one.
   *
   * @param bytes the array that holds it; not to be kept or changed
   * @param from its first byte
   * @param to the byte after its last
   */
  double applyAsDouble(byte[] bytes, int from, int to);

  /** Whether decimal digits with an optional minus sign and fraction are read at face value. */
  default boolean readsDecimals() {
    return false;
  }
}
