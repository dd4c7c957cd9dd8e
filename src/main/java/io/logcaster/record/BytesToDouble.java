package io.logcaster.record;

/** Reads values as numbers. */
@FunctionalInterface
public interface BytesToDouble {

  /**
   * The number a value reads as, NaN where it is none.
   *
   * @param bytes the array that holds it; not to be kept or changed
   * @param from its first byte
   * @param to the byte after its last
   */
  double applyAsDouble(byte[] bytes, int from, int to);

  /** Whether decimal digits with an optional minus and fraction read as the number they are. */
  default boolean readsDecimals() {
    return false;
  }
}
