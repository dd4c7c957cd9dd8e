package io.logcaster.notice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logcaster.security.Certificates;
import io.logcaster.system.AddressGuard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail servers whose certificate a private authority has signed. */
class SecureMailTest {

  @TempDir Path directory = Path.of("");

  private Certificates certificate;
  private String pem = "";

  @BeforeEach
  void createCertificate() throws Exception {
    certificate = new Certificates(directory, "mail");
    pem = Files.readString(certificate.certificate(directory.resolve("ca.pem")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"starttls", "tls"})
  void send_toAServerWithATrustedCertificate_sendsThePasswordAndTheMessageEncrypted(String tls)
      throws Exception {
    try (MailServer server = server(tls)) {
      Channel channel = open(server, tls, Map.of("caCertificate", "\n" + pem));
      channel.send(Notices.firing("n1"));
      channel.send(Notices.firing("n2"));

      assertThat(server.passwords()).containsExactly("secure u p4ss", "secure u p4ss");
      assertThat(server.messages()).hasSize(2);
      assertThat(server.messages().getFirst())
          .contains("Subject: [FIRING] Errors of the shop", "Message-ID: <n1@example.org>");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"starttls", "tls"})
  void send_toAServerWithAnUnknownCertificate_failsBeforeThePassword(String tls) throws Exception {
    Certificates other = new Certificates(directory, "other");
    String theirs = Files.readString(other.certificate(directory.resolve("other.pem")));
    for (Map<String, Object> trust :
        List.<Map<String, Object>>of(Map.of(), Map.of("caCertificate", theirs))) {
      try (MailServer server = server(tls)) {
        Channel channel = open(server, tls, trust);
        DeliveryException failure =
            catchThrowableOfType(DeliveryException.class, () -> channel.send(Notices.firing("n1")));

        assertThat(failure).hasMessageContaining("signed the certificate");
        assertThat(failure.isPermanent()).isFalse();
        assertThat(server.passwords()).isEmpty();
        assertThat(server.messages()).isEmpty();
      }
    }
  }

  @Test
  void send_toThisMachine_isRefusedUnlessAllowed_alsoWithACertificate() throws Exception {
    for (String tls : List.of("starttls", "tls")) {
      try (MailServer server = server(tls)) {
        Channel channel =
            ChannelKind.EMAIL.open(
                ChannelKind.EMAIL.check(options(server, tls, Map.of("caCertificate", pem))),
                Notices.transports(false));
        assertThatThrownBy(() -> channel.send(Notices.firing("n1")))
            .hasMessageContaining("allow-local-addresses");
      }
    }
  }

  @Test
  void open_withACertificateThatCannotBeUsed_isRefused() throws Exception {
    try (MailServer server = server("tls")) {
      for (String wrong : List.of("no certificate", pem.replace('B', '!'))) {
        assertThatThrownBy(() -> open(server, "tls", Map.of("caCertificate", wrong)))
            .hasMessageContaining("options.caCertificate");
      }
      Map<String, Object> readable = new TreeMap<>(options(server, "none", Map.of()));
      readable.keySet().removeAll(List.of("username", "password"));
      readable.put("caCertificate", pem);
      assertThatThrownBy(() -> Notices.open("email", readable))
          .hasMessageContaining("is for connections with TLS");
    }
  }

  private MailServer server(String tls) throws Exception {
    return tls.equals("tls")
        ? MailServer.withTls(certificate)
        : MailServer.withStarttls(certificate);
  }

  /** Waits long for an answer: the machine may be busy. */
  private static Channel open(MailServer server, String tls, Map<String, Object> more) {
    Transports transports =
        new Transports(
            new AddressGuard(true),
            Duration.ofSeconds(30),
            Clock.fixed(Notices.NOW, ZoneOffset.UTC));
    return ChannelKind.EMAIL.open(ChannelKind.EMAIL.check(options(server, tls, more)), transports);
  }

  private static Map<String, Object> options(
      MailServer server, String tls, Map<String, Object> more) {
    Map<String, Object> options = new TreeMap<>(more);
    options.put("host", "localhost");
    options.put("port", server.port());
    options.put("tls", tls);
    options.put("username", "u");
    options.put("password", "p4ss");
    options.put("from", "LogCaster <logs@example.org>");
    options.put("to", List.of("a@example.org"));
    return options;
  }
}
