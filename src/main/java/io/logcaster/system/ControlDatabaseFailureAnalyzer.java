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
        "The control database %s cannot be opened: %s.".formatted(cause.place(), root.getMessage()),
        cause.isServer()
            ? "Make sure that the PostgreSQL server runs, that logcaster.control.url names an"
                + " existing database, and that logcaster.control.user may create tables in it."
            : "Make sure that its volume has free space and that the server's user can write the"
                + " file. A file written by a newer LogCaster needs that version. Nothing was"
                + " changed.",
        cause);
  }
}
