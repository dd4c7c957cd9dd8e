package io.logcaster.system;

import java.net.InetSocketAddress;
import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why an input's port cannot be opened and which setting changes it. */
class PortFailureAnalyzer extends AbstractFailureAnalyzer<PortUnavailableException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, PortUnavailableException cause) {
    return analysis(
        cause.setting(),
        cause.address().getAddress() == null
            ? cause.address().getHostString()
            : cause.address().getAddress().getHostAddress(),
        cause.address(),
        String.valueOf(cause.getCause() == null ? "" : cause.getCause().getMessage()),
        cause);
  }

  static FailureAnalysis analysis(
      String setting, String host, InetSocketAddress address, String said, Throwable cause) {
    int port = address.getPort();
    String lower = said.toLowerCase(Locale.ROOT);
    if (lower.contains("in use")) {
      return new FailureAnalysis(
          "Port %d of %s is in use by another program.".formatted(port, host),
          "Stop that program, or choose another port: %s (0 takes any free one)."
              .formatted(setting),
          cause);
    }
    if (lower.contains("permission") || lower.contains("denied")) {
      return new FailureAnalysis(
          "This user may not open port %d of %s.".formatted(port, host),
          "Ports below 1024 require a privilege; choose a higher one: %s.".formatted(setting),
          cause);
    }
    return new FailureAnalysis(
        "Port %d of %s cannot be opened: %s.".formatted(port, host, said),
        "Choose an address of this machine, or another port: %s.".formatted(setting),
        cause);
  }
}
