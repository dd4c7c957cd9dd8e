package io.logcaster.system;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a data directory that cannot be used. */
class DataDirectoryFailureAnalyzer extends AbstractFailureAnalyzer<DataDirectoryException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, DataDirectoryException cause) {
    String user = System.getProperty("user.name");
    return switch (cause.reason()) {
      case LOCKED ->
          new FailureAnalysis(
              "The data directory %s is in use by another running LogCaster%s."
                  .formatted(
                      cause.dir(), cause.owner() == null ? "" : " (process " + cause.owner() + ")"),
              "Stop it, or choose another directory: logcaster.data.dir.",
              cause);
      case NOT_A_DIRECTORY ->
          new FailureAnalysis(
              "The data directory %s cannot be created: there is a file in its place."
                  .formatted(cause.dir()),
              "Remove that file, or choose another directory: logcaster.data.dir.",
              cause);
      case NOT_WRITABLE ->
          new FailureAnalysis(
              "The data directory %s cannot be written by user %s: %s."
                  .formatted(cause.dir(), user, why(cause)),
              "Give that user write access, or choose another directory: logcaster.data.dir.",
              cause);
    };
  }

  private static String why(DataDirectoryException failure) {
    Throwable cause = failure.getCause();
    if (cause == null) {
      return "unknown reason";
    }
    return cause.getClass().getSimpleName().replaceFirst("Exception$", "")
        + " "
        + cause.getMessage();
  }
}
