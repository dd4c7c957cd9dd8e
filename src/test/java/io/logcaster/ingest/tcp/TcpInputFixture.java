package io.logcaster.ingest.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.TestClock;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.pipeline.InputMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.util.unit.DataSize;

/** A TCP input on a free port, whose records are kept in memory. */
abstract class TcpInputFixture {

  final RecordingIntake intake = new RecordingIntake();

  final InputMetrics metrics = new InputMetrics("tcp");

  private final List<TcpInput> inputs = new ArrayList<>();

  final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));

  @Nullable Integer perAddress;

  @AfterEach
  void stop() {
    intake.release();
    intake.open();
    inputs.forEach(TcpInput::stop);
  }

  TcpInput start() throws IOException {
    return start(1024, Duration.ofMinutes(5), TcpProperties.Reply.NONE);
  }

  TcpInput start(int maxConnections, Duration idle, TcpProperties.Reply reply) throws IOException {
    return start(0, maxConnections, idle, reply);
  }

  TcpInput start(int port, int maxConnections, Duration idle, TcpProperties.Reply reply)
      throws IOException {
    TcpInput input =
        new TcpInput(
            new TcpProperties(
                    port,
                    null,
                    maxConnections,
                    perAddress,
                    idle,
                    DataSize.ofKilobytes(256),
                    reply,
                    true)
                .options(InetAddress.getLoopbackAddress()),
            TcpTesting.open(),
            new InputContext(intake, metrics, List.of("host", "app"), ZoneOffset.UTC, clock));
    input.start();
    inputs.add(input);
    return input;
  }

  static Socket connect(TcpInput input) throws IOException {
    return new Socket(input.localAddress().getAddress(), input.localAddress().getPort());
  }

  static void send(Socket socket, String text) throws IOException {
    OutputStream stream = socket.getOutputStream();
    stream.write(text.getBytes(StandardCharsets.UTF_8));
    stream.flush();
  }

  void awaitRecords(int count) {
    await().atMost(Duration.ofMinutes(1)).until(() -> intake.size() >= count);
    assertThat(intake.size()).isEqualTo(count);
  }
}
