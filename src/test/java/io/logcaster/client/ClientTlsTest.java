package io.logcaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.security.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ClientTlsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private Path trusted;
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    Certificates certificates = new Certificates(directory, "server");
    trusted = certificates.certificate(directory.resolve("ca.pem"));
    server =
        FakeServer.on(
            certificates.client(certificates).getServerSocketFactory().createServerSocket(0));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private LogCasterClientBuilder client(String host) {
    return LogCasterClient.builder()
        .server(new ServerAddress(host, server.address().port()))
        .retry(Duration.ofMillis(1), Duration.ofMillis(20))
        .closeTimeout(Duration.ZERO);
  }

  @Test
  void trustedCertificate_isAccepted() {
    try (LogCasterClient client = client("127.0.0.1").tls(trusted).build()) {
      client.line("secret");
      assertThat(client.flush(PATIENCE)).isTrue();
    }
    assertThat(server.lines()).containsExactly("secret");
  }

  @Test
  void untrustedCertificate_isRejected() throws Exception {
    Path other = new Certificates(directory, "other").certificate(directory.resolve("other.pem"));
    assertRefused(client("127.0.0.1").tls(other));
    assertRefused(client("127.0.0.1").tls());
  }

  @Test
  void certificateForAnotherHost_isRejected() {
    assertRefused(client("127.0.0.2").tls(trusted)); // it names localhost and 127.0.0.1
  }

  private void assertRefused(LogCasterClientBuilder builder) {
    try (LogCasterClient client = builder.build()) {
      client.line("secret");
      Awaitility.await().atMost(PATIENCE).until(() -> client.metrics().lastError() != null);
      assertThat(client.metrics().sent()).isZero();
    }
    assertThat(server.received()).isEmpty();
  }

  @Test
  void fileWithoutCertificate_isNamed() throws Exception {
    Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing");
    assertThatThrownBy(() -> LogCasterClient.builder().tls(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty.pem");
  }
}
