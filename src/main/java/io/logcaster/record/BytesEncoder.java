package io.logcaster.record;

/** Assigns a number to each value; equal values get equal numbers. */
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
   * The number that all texts of a shape share; -1 if they may have different ones.
   *
   * @param shape a shape each of whose gaps lies in a run of letters, digits and underscores that
   *     contains a digit
   */
  default int encode(TextShape shape) {
    byte[] text = shape.parts().getFirst();
    return shape.gaps().isEmpty() ? encode(text, 0, text.length) : -1;
  }
}
