package io.logcaster.ingest.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.LargeMessages;
import io.logcaster.ingest.Protocol;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.ingest.forward.ForwardProperties;
import io.logcaster.ingest.forward.ForwardSecurity;
import io.logcaster.ingest.framed.FramedClients;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.security.Certificates;
import io.logcaster.security.SecurityTesting;
import io.logcaster.security.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class TlsInputTest {

  @TempDir Path dir;

  private final RecordingIntake intake = new RecordingIntake();
  private final InputMetrics metrics = new InputMetrics("tcp");
  private @Nullable TcpInput input;
  private @Nullable Tls tls;

  @AfterEach
  void stop() {
    if (input != null) {
      input.stop();
    }
    if (tls != null) {
      tls.close();
    }
  }

  private Duration handshakeTime = Duration.ofMinutes(1);

  private Certificates start(TcpOptions.TlsUse use, boolean anonymous, @Nullable Path clientCa)
      throws Exception {
    Certificates server = new Certificates(dir, "server");
    tls =
        SecurityTesting.tls(
            server.certificate(dir.resolve("cert.pem")),
            server.key(dir.resolve("key.pem")),
            clientCa);
    input =
        new TcpInput(
            new TcpOptions(
                InetAddress.getLoopbackAddress(),
                0,
                Protocol.AUTO,
                use,
                anonymous,
                64,
                64,
                Duration.ofMinutes(1),
                256 << 10,
                false),
            new TcpServices(
                SecurityTesting.open(),
                tls,
                new FramedClients(),
                new ForwardSecurity(new ForwardProperties(null, null, null)),
                new LargeMessages()),
            new InputContext(
                intake, metrics, List.of("host", "app"), ZoneOffset.UTC, Clock.systemUTC()),
            handshakeTime.toNanos());
    input.start();
    return server;
  }

  private Socket connect(@Nullable SSLContext context) throws IOException {
    Socket socket = new Socket(input.localAddress().getAddress(), input.localAddress().getPort());
    return (context == null)
        ? socket
        : context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
  }

  private void send(@Nullable SSLContext context, String text) throws IOException {
    try (Socket socket = connect(context)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }
  }

  private void awaitMessages(String... messages) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(intake.messages()).containsExactlyInAnyOrder(messages));
  }

  @Test
  void protocols_insideTls_areDetected_alongsidePlainText() throws Exception {
    Certificates server = start(TcpOptions.TlsUse.OPTIONAL, true, null);
    SSLContext client = server.client();
    // RFC 5425: octets are counted.
    send(client, "22 <34>1 - h a - - - one\n22 <34>1 - h a - - - two\n");
    send(client, "{\"msg\":\"json\"}\n");
    send(client, "raw");
    send(null, "plain\n");
    awaitMessages("one", "two", "json", "raw", "plain");
    assertThat(metrics.notes()).doesNotContainKey("connection_reset");
  }

  @Test
  void manyRecords_arriveInOrder() throws Exception {
    Certificates server = start(TcpOptions.TlsUse.REQUIRED, true, null);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append("line ").append(i).append('\n');
    }
    send(server.client(), lines.toString());
    await().atMost(Duration.ofMinutes(1)).until(() -> intake.size() == 20_000);
    assertThat(intake.messages().getLast()).isEqualTo("line 19999");
  }

  @Test
  void senderPausingWithinARecord_isWaitedFor() throws Exception {
    Certificates server = start(TcpOptions.TlsUse.OPTIONAL, true, null);
    try (Socket socket = connect(server.client())) {
      socket.getOutputStream().write("first\nsecond is ".getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      awaitMessages("first");
      socket.getOutputStream().write("late\n".getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      awaitMessages("first", "second is late");
    }
  }

  @Test
  void plainText_whereTlsIsRequired_isRefused() throws Exception {
    start(TcpOptions.TlsUse.REQUIRED, true, null);
    try (Socket socket = connect(null)) {
      socket.getOutputStream().write("plain\n".getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("ERR");
    }
    assertThat(intake.size()).isZero();
    assertThat(metrics.notes()).containsEntry("tls_required", 1L);
  }

  @Test
  void brokenHandshake_isCounted_andEndsTheConnection() throws Exception {
    start(TcpOptions.TlsUse.OPTIONAL, true, null);
    try (Socket socket = connect(null)) {
      socket.getOutputStream().write(new byte[] {0x16, 3, 1, 0, 4, 1, 2, 3, 4});
      socket.getInputStream().readAllBytes();
    }
    await()
        .untilAsserted(() -> assertThat(metrics.notes()).containsEntry("tls_handshake_failed", 1L));
    assertThat(intake.size()).isZero();
  }

  @Test
  void unfinishedHandshake_isAborted() throws Exception {
    handshakeTime = Duration.ofMillis(50);
    start(TcpOptions.TlsUse.OPTIONAL, true, null);
    try (Socket socket = connect(null)) {
      socket.setSoTimeout(60_000);
      // The beginning of a ClientHello of 512 bytes.
      socket.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc});
      socket.getInputStream().readAllBytes();
    }
    await()
        .untilAsserted(
            () -> assertThat(metrics.notes()).containsEntry("tls_handshake_timeout", 1L));
    assertThat(intake.size()).isZero();
  }

  @Test
  void clientCertificate_isRequested_andAuthenticatesASenderOfLines() throws Exception {
    Certificates known = new Certificates(dir, "shipper");
    Certificates server =
        start(TcpOptions.TlsUse.OPTIONAL, false, known.certificate(dir.resolve("ca.pem")));
    send(server.client(known), "known\n");
    awaitMessages("known");
    assertThatThrownBy(
            () -> {
              try (Socket socket = connect(server.client())) {
                socket.getOutputStream().write('x');
                socket.getOutputStream().flush();
                socket.getInputStream().readAllBytes();
                throw new IOException("closed");
              }
            })
        .isInstanceOf(IOException.class);
    try (Socket socket = connect(null)) {
      socket.getOutputStream().write("anonymous\n".getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .contains("certificate");
    }
    awaitMessages("known");
    assertThat(metrics.notes()).containsKeys("tls_handshake_failed", "unauthorized");
  }

  @Test
  void oldVersionsOfTls_areRefused() throws Exception {
    Certificates server = start(TcpOptions.TlsUse.OPTIONAL, true, null);
    try (Socket socket = connect(server.client())) {
      SSLSocket client = (SSLSocket) socket;
      assertThat(client.getSession().getProtocol()).isIn("TLSv1.2", "TLSv1.3");
    }
  }
}
