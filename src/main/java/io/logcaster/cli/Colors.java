package io.logcaster.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/** The colours of a terminal, or none. */
final class Colors {

  private static final String RESET = "\u001B[0m";

  private final boolean enabled;

  Colors(boolean enabled) {
    this.enabled = enabled;
  }

  /** Uses colours if the output is a terminal and the user has not disabled them. */
  static Colors of(boolean forbidden) {
    String noColor = System.getenv("NO_COLOR");
    return new Colors(!forbidden && (noColor == null || noColor.isEmpty()) && isTerminal());
  }

  /** Whether the output is a terminal. */
  static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  private String paint(String code, String text) {
    return (enabled && !text.isEmpty()) ? "\u001B[" + code + "m" + text + RESET : text;
  }

  String dim(String text) {
    return paint("2", text);
  }

  String bold(String text) {
    return paint("1", text);
  }

  /** Returns a text in the colour of a level. */
  String level(String level, String text) {
    return switch (level.toUpperCase(Locale.ROOT)) {
      case "FATAL" -> paint("1;97;41", text);
      case "ERROR" -> paint("1;31", text);
      case "WARN" -> paint("33", text);
      case "INFO" -> paint("32", text);
      case "DEBUG" -> paint("36", text);
      case "TRACE" -> paint("2;36", text);
      default -> text;
    };
  }
}
