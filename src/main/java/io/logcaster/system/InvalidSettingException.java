package io.logcaster.system;

/** A setting has a value that its feature cannot use; stops the start. */
public final class InvalidSettingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String setting;

  /**
   * @param setting its name, such as {@code logcaster.retention.rules[0].filter}
   * @param value its value
   * @param reason completes the sentence {@code cannot be 'value': }
   */
  public InvalidSettingException(String setting, String value, String reason) {
    super("%s cannot be '%s': %s".formatted(setting, value, reason));
    this.setting = setting;
  }

  String setting() {
    return setting;
  }
}
