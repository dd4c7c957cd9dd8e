package io.logcaster.system;

import java.net.BindException;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says why the HTTP port, which Spring Boot opens, cannot be opened, and which setting changes it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class WebPortFailureAnalyzer extends AbstractFailureAnalyzer<WebServerException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, WebServerException cause) {
    if (cause instanceof PortInUseException inUse) {
      return new FailureAnalysis(
          "The HTTP port %d is in use by another program.".formatted(inUse.getPort()),
          "Stop that program, or choose another port: server.port (0 takes any free one).",
          cause);
    }
    SocketException refused = findCause(cause, SocketException.class);
    if (refused == null) {
      return null;
    }
    return new FailureAnalysis(
        "The HTTP port cannot be opened: %s.".formatted(refused.getMessage()),
        refused instanceof BindException
            ? "Choose another address or port: server.address, server.port."
            : "Choose another port: server.port (ports below 1024 require a privilege).",
        cause);
  }
}
