package io.logcaster.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which file of the certificate cannot be used, and what to do. */
class TlsFailureAnalyzer extends AbstractFailureAnalyzer<TlsException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, TlsException cause) {
    return new FailureAnalysis(cause.getMessage() + ".", cause.remedy(), cause);
  }
}
