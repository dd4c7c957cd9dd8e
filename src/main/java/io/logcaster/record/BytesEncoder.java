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

  /**
   * The number that all texts of a shape have; -1 where they may have several.
   *
   * @param shape each of its gaps lies in a run of letters, digits and underscores that has a digit
   */
  default int encode(TextShape shape) {
    byte[] text = shape.parts().getFirst();
    return shape.gaps().isEmpty() ? encode(text, 0, text.length) : -1;
  }
}
