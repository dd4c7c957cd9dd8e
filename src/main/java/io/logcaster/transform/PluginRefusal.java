package io.logcaster.transform;

/** A plug-in that is not there, or does not take its options. */
public final class PluginRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final String place;

  /**
   * @param place the wrong option, such as {@code values.field}
   * @param reason completes a sentence that starts with the option's name, such as {@code is
   *     required}
   */
  public PluginRefusal(String place, String reason) {
    super(reason);
    this.place = place;
  }

  public String place() {
    return place;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
