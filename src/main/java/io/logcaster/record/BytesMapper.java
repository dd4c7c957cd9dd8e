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

  /**
   * Appends the new value that all texts of a shape share.
   *
   * @param shape a shape each of whose gaps lies in a run of letters, digits and underscores that
   *     contains a digit
   * @return whether they share one; if not, what was appended is undefined
   */
  default boolean map(TextShape shape, ByteBuilder target) {
    byte[] text = shape.parts().getFirst();
    if (!shape.gaps().isEmpty()) {
      return false;
    }
    map(text, 0, text.length, target);
    return true;
  }
}
