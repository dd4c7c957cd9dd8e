package io.logcaster.ingest.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logcaster.ingest.InputStats;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How connections begin and end, how many there may be, and what is known of them. */
class TcpConnectionsTest extends TcpInputFixture {

  @Test
  void halfClosedSender_isDrained_withItsLastLine() throws IOException {
    TcpInput input = start();
    StringBuilder text = new StringBuilder();
    IntStream.range(0, 20_000).forEach((i) -> text.append("line ").append(i).append('\n'));
    try (Socket socket = connect(input)) {
      send(socket, text + "the last one");
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    awaitRecords(20_001);
    assertThat(intake.messages()).last().isEqualTo("the last one");
    assertThat(intake.batches()).isLessThan(1000);
  }

  @Test
  void connectionBeyondTheLimit_getsBusyAndIsClosed() throws IOException {
    TcpInput input = start(1, Duration.ofMinutes(5), TcpProperties.Reply.NONE);
    try (Socket first = connect(input)) {
      send(first, "here\n");
      awaitRecords(1);
      try (Socket second = connect(input)) {
        assertThat(second.getInputStream().readAllBytes())
            .asString(StandardCharsets.US_ASCII)
            .isEqualTo("ERR busy\n");
      }
      assertThat(metrics.notes()).containsEntry("connections_refused", 1L);
    }
    await().until(() -> input.stats().connections().isEmpty());
    try (Socket third = connect(input)) {
      send(third, "again\n");
      awaitRecords(2);
    }
  }

  @Test
  void silentConnection_isClosedAfterTheIdleTime() throws IOException {
    TcpInput input = start(10, Duration.ofMillis(300), TcpProperties.Reply.NONE);
    try (Socket socket = connect(input)) {
      send(socket, "half");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    awaitRecords(1);
  }

  @Test
  void resetInMidLine_keepsTheCompleteLines() throws IOException {
    TcpInput input = start();
    try (Socket socket = connect(input)) {
      send(socket, "complete\nincompl");
      awaitRecords(1);
      socket.setSoLinger(true, 0);
    }
    await().until(() -> input.stats().connections().isEmpty());
    assertThat(intake.messages()).contains("complete");
  }

  @Test
  void stop_keepsEverythingThatWasSent() throws Exception {
    TcpInput input = start();
    try (Socket socket = connect(input)) {
      StringBuilder text = new StringBuilder();
      IntStream.range(0, 50_000).forEach((i) -> text.append("line ").append(i).append('\n'));
      intake.close();
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      send(socket, text.toString());
                    } catch (IOException ex) {
                      throw new java.io.UncheckedIOException(ex);
                    }
                  });
      await().until(() -> input.stats().bytes() > 0);
      Thread stopping = Thread.ofVirtual().start(input::stop);
      await().until(() -> input.stats().state() == InputStats.State.STOPPING);
      intake.open();
      stopping.join();
      sender.join();
    }
    assertThat(intake.size()).isEqualTo(50_000);
    assertThat(input.stats().state()).isEqualTo(InputStats.State.STOPPED);
    assertThatThrownBy(() -> connect(input)).isInstanceOf(IOException.class);
  }

  @Test
  void stats_listLiveConnections() throws IOException {
    TcpInput input = start();
    try (Socket socket = connect(input)) {
      send(socket, "<13>Nov 21 09:00:00 h app: one\n");
      awaitRecords(1);
      InputStats.Connection connection = input.stats().connections().getFirst();
      assertThat(connection.id()).isEqualTo("c-1");
      assertThat(connection.protocol()).isEqualTo("syslog");
      assertThat(connection.peer()).isEqualTo("127.0.0.1:" + socket.getLocalPort());
      assertThat(connection.records()).isEqualTo(1);
      assertThat(connection.bytes()).isEqualTo(31);
      assertThat(input.stats().state()).isEqualTo(InputStats.State.RUNNING);
    }
  }

  @Test
  void portInUse_isReported() throws IOException {
    TcpInput first = start();
    assertThatThrownBy(
            () ->
                start(
                    first.localAddress().getPort(),
                    10,
                    Duration.ofMinutes(5),
                    TcpProperties.Reply.NONE))
        .isInstanceOf(BindException.class);
  }

  @Test
  void oneAddress_leavesConnectionsToOthers() throws IOException {
    perAddress = 2;
    TcpInput input = start(3, Duration.ofMinutes(5), TcpProperties.Reply.NONE);
    InetAddress other = InetAddress.getByName("127.0.0.2");
    try (var _ = connect(input);
        var _ = connect(input)) {
      try (Socket third = connect(input)) {
        assertThat(third.getInputStream().readAllBytes())
            .asString(StandardCharsets.US_ASCII)
            .isEqualTo("ERR busy\n");
      }
      assertThat(metrics.notes()).containsEntry("connections_refused_per_address", 1L);
      try (Socket elsewhere =
          new Socket(input.localAddress().getAddress(), input.localAddress().getPort(), other, 0)) {
        send(elsewhere, "let in\n");
        awaitRecords(1);
      }
    }
    await().until(() -> input.stats().connections().isEmpty());
    try (Socket again = connect(input)) {
      send(again, "a place again\n");
      awaitRecords(2);
    }
  }

  @Test
  void failedAcceptingThread_isRestarted_andReportedMeanwhile() throws IOException {
    TcpInput input = start();
    clock.failOnce();
    try (var _ = connect(input)) {
      await().until(() -> input.stats().state() == InputStats.State.FAILED);
      await().until(() -> input.stats().state() == InputStats.State.RUNNING);
    }
    try (Socket socket = connect(input)) {
      send(socket, "heard\n");
      awaitRecords(1);
    }
    assertThat(metrics.notes()).containsEntry("thread_restarted", 1L);
  }
}
