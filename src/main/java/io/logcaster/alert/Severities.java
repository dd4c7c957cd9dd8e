package io.logcaster.alert;

import java.util.List;

/** The severities of alerts, the least serious first. */
final class Severities {

  static final String WARNING = "warning";

  static final String CRITICAL = "critical";

  static final List<String> ALL = List.of("info", WARNING, "error", CRITICAL);

  private Severities() {}

  static int rank(String severity) {
    return ALL.indexOf(severity);
  }
}
