package io.logcaster.system;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a control database that cannot be opened. */
class ControlDatabaseFailureAnalyzer extends AbstractFailureAnalyzer<ControlDatabaseException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, ControlDatabaseException cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new FailureAnalysis(
        "The control database %s cannot be opened: %s.".formatted(cause.file(), root.getMessage()),
        "Make room on its volume and let the server's user write it; a file that a newer LogCaster"
            + " wrote needs that one. Nothing was changed.",
        cause);
  }
}
