package io.logcaster.alert.condition;

import java.util.List;

/** The severities of alerts, the least serious first. */
public final class Severities {

  public static final String WARNING = "warning";

  public static final String CRITICAL = "critical";

  public static final List<String> ALL = List.of("info", WARNING, "error", CRITICAL);

  private Severities() {}

  public static int rank(String severity) {
    return ALL.indexOf(severity);
  }
}
