package io.logcaster.plugin.host;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Lets a plug-in write to the server's log. */
final class PluginLogger implements System.Logger {

  /** Settings of the log can name it: {@code logging.level.io.logcaster.plugin.NAME=debug}. */
  private static final String PREFIX = "io.logcaster.plugin.";

  private final String name;

  PluginLogger(String plugin) {
    this.name = PREFIX + plugin;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isLoggable(Level level) {
    org.slf4j.event.Level known = level(level);
    return known != null && LoggerFactory.getLogger(name).isEnabledForLevel(known);
  }

  private static org.slf4j.event.@Nullable Level level(Level level) {
    return switch (level) {
      case OFF -> null;
      case ERROR -> org.slf4j.event.Level.ERROR;
      case WARNING -> org.slf4j.event.Level.WARN;
      case INFO -> org.slf4j.event.Level.INFO;
      case DEBUG -> org.slf4j.event.Level.DEBUG;
      case TRACE, ALL -> org.slf4j.event.Level.TRACE;
    };
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String text,
      @Nullable Throwable thrown) {
    org.slf4j.event.Level known = level(level);
    if (known != null) {
      LoggerFactory.getLogger(name).atLevel(known).setCause(thrown).log("{}", text);
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      Object @Nullable ... values) {
    org.slf4j.event.Level known = level(level);
    if (known != null) {
      String text =
          (values == null || values.length == 0 || format == null)
              ? String.valueOf(format)
              : MessageFormat.format(format, values);
      LoggerFactory.getLogger(name).atLevel(known).log("{}", text);
    }
  }
}
