package io.logcaster.transform;

/** A transform that cannot be used. */
final class InvalidTransformException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int index;
  private final String property;

  /**
   * @param index which transform
   * @param property the wrong property, such as {@code options.window}
   * @param reason completes a sentence that starts with the property's name, such as {@code is
   *     required}
   */
  InvalidTransformException(int index, String property, String reason) {
    super(reason);
    this.index = index;
    this.property = property;
  }

  /** The place, such as {@code transforms[2].options.window}. */
  String place() {
    return "transforms[" + index + "]" + (property.isEmpty() ? "" : "." + property);
  }

  int index() {
    return index;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
