package io.logcaster.ingest.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.TestClock;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.record.LogRecord;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.util.unit.DataSize;

@Execution(ExecutionMode.CONCURRENT)
class EarlyDatagramsTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** Few enough for any system's buffer. */
  private static final int BEFORE = 50;

  private final RecordingIntake intake = new RecordingIntake();

  @Test
  void datagramsBeforeTheInputStarts_areItsFirstRecords() throws IOException {
    UdpOptions options =
        new UdpProperties(0, null, DataSize.ofMegabytes(4)).options(LOOPBACK, 256 << 10);
    EarlyDatagrams early = EarlyDatagrams.open(new InetSocketAddress(LOOPBACK, 0), 4 << 20);
    UdpInput input =
        new UdpInput(
            options,
            new InputContext(
                intake,
                new InputMetrics("udp"),
                List.of("host"),
                ZoneOffset.UTC,
                new TestClock(Instant.parse("2026-11-21T10:00:00Z"))));
    input.adopt(() -> early);
    int port = early.receiver().port();
    try (DatagramSocket client = new DatagramSocket()) {
      for (int i = 0; i < BEFORE; i++) {
        send(client, port, "before " + i);
      }
      await().until(early.receiver()::hasWaiting);
      input.start();
      assertThat(input.port()).isEqualTo(port);
      send(client, port, "after");
      await().until(() -> intake.size() == BEFORE + 1);
    } finally {
      input.stop();
    }
    assertThat(intake.records().stream().map(LogRecord::message))
        .startsWith("before 0", "before 1")
        .endsWith("before " + (BEFORE - 1), "after");
  }

  private static void send(DatagramSocket client, int port, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    client.send(new DatagramPacket(bytes, bytes.length, LOOPBACK, port));
  }
}
