package io.logcaster.record;

/** Computes one value from another. */
@FunctionalInterface
public interface BytesMapper {

  /**
   * Appends the new value.
   *
   * @param bytes the array that holds the value; not to be kept or changed
   * @param from its first byte
   * @param to the byte after its last
   * @param target where to append to
   */
  void map(byte[] bytes, int from, int to, ByteBuilder target);
}
