package io.logcaster.record;

/** Gives values numbers: equal values get equal numbers. */
@FunctionalInterface
public interface BytesEncoder {

  /**
   * The number of a value.
   *
   * @param bytes the array that holds it; not to be kept or changed
   * @param from its first byte
   * @param to the byte after its last
   */
  int encode(byte[] bytes, int from, int to);
}
