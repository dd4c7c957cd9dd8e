package io.logcaster.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to set when a port would be open to others without credentials. */
class UnprotectedBindFailureAnalyzer extends AbstractFailureAnalyzer<UnprotectedBindException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnprotectedBindException cause) {
    return new FailureAnalysis(
        "%s=%s would let anyone on the network read and write logs: no credentials are set."
            .formatted(cause.setting(), cause.address().getHostAddress()),
        ("Set logcaster.security.username and logcaster.security.password"
                + " (or LOGCASTER_SECURITY_USERNAME and LOGCASTER_SECURITY_PASSWORD),"
                + " or logcaster.security.tokens,"
                + " or remove %s to stay on loopback.")
            .formatted(cause.setting()),
        cause);
  }
}
