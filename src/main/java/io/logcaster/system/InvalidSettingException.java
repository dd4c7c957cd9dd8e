package io.logcaster.system;

/** A setting has a value that its feature cannot take; ends the start. */
public final class InvalidSettingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String setting;

  /**
   * @param setting its name, such as {@code logcaster.retention.rules[0].filter}
   * @param value what it is
   * @param reason reads on after {@code cannot be 'value': }
   */
  public InvalidSettingException(String setting, String value, String reason) {
    super("%s cannot be '%s': %s".formatted(setting, value, reason));
    this.setting = setting;
  }

  String setting() {
    return setting;
  }
}
