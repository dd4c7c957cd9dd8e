package io.logcaster.plugin.host;

/** The code of a plug-in failed; the cause is what it threw. */
final class PluginException extends Exception {

  private static final long serialVersionUID = 1L;

  PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}
