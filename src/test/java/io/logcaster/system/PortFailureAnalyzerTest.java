package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

class PortFailureAnalyzerTest {

  @Test
  void portInUse_isNamedWithTheSettingThatChangesIt() {
    FailureAnalysis analysis = analyze(5140, "Address already in use");

    assertThat(analysis.getDescription())
        .isEqualTo("Port 5140 of 127.0.0.1 is in use by another program.");
    assertThat(analysis.getAction()).contains("logcaster.tcp.port");
  }

  @Test
  void privilegedPort_isExplained() {
    FailureAnalysis analysis = analyze(514, "Permission denied");

    assertThat(analysis.getDescription()).contains("may not open port 514");
    assertThat(analysis.getAction()).contains("below 1024", "logcaster.tcp.port");
  }

  @Test
  void otherFailure_isQuoted() {
    assertThat(analyze(5140, "Cannot assign requested address").getDescription())
        .contains("Cannot assign requested address");
  }

  private static FailureAnalysis analyze(int port, String said) {
    return new PortFailureAnalyzer()
        .analyze(
            new IllegalStateException(
                new PortUnavailableException(
                    "logcaster.tcp.port",
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    new BindException(said))));
  }
}
