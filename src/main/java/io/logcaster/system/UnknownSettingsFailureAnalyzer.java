package io.logcaster.system;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names the settings LogCaster does not have. */
class UnknownSettingsFailureAnalyzer extends AbstractFailureAnalyzer<UnknownSettingsException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnknownSettingsException cause) {
    return new FailureAnalysis(
        cause.description(),
        "Correct or remove it. src/docs/settings.md lists all settings.",
        cause);
  }
}
