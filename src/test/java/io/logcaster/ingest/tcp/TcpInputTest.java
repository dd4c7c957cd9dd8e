package io.logcaster.ingest.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logcaster.TestClock;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.record.LogRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class TcpInputTest {

  private final RecordingIntake intake = new RecordingIntake();

  private final InputMetrics metrics = new InputMetrics("tcp");

  private final List<TcpInput> inputs = new ArrayList<>();

  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));

  private @Nullable Integer perAddress;

  @AfterEach
  void stop() {
    intake.release();
    intake.open();
    inputs.forEach(TcpInput::stop);
  }

  private TcpInput start() throws IOException {
    return start(1024, Duration.ofMinutes(5), TcpProperties.Reply.NONE);
  }

  private TcpInput start(int maxConnections, Duration idle, TcpProperties.Reply reply)
      throws IOException {
    return start(0, maxConnections, idle, reply);
  }

  private TcpInput start(int port, int maxConnections, Duration idle, TcpProperties.Reply reply)
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

  private static Socket connect(TcpInput input) throws IOException {
    return new Socket(input.localAddress().getAddress(), input.localAddress().getPort());
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream stream = socket.getOutputStream();
    stream.write(text.getBytes(StandardCharsets.UTF_8));
    stream.flush();
  }

  private void awaitRecords(int count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> intake.size() >= count);
    assertThat(intake.size()).isEqualTo(count);
  }

  @Test
  void rawSyslogAndJson_onOnePort_becomeRecords() throws IOException {
    TcpInput input = start();
    for (String text :
        List.of(
            "just a line\n",
            "<34>1 2026-11-21T09:00:00Z web1 shop 42 ID7 [a@1 k=\"v\"] started\n",
            "{\"_time\":\"2026-11-21T09:00:01Z\",\"msg\":\"json\",\"user\":{\"id\":7}}\n")) {
      try (Socket socket = connect(input)) {
        send(socket, text);
      }
    }
    awaitRecords(3);
    assertThat(intake.messages()).containsExactlyInAnyOrder("just a line", "started", "json");
    LogRecord json = record("json");
    assertThat(json.value("user.id")).isEqualTo("7");
    assertThat(json.value("host")).isEqualTo("127.0.0.1");
    LogRecord syslog = record("started");
    assertThat(syslog.value("host")).isEqualTo("web1");
    assertThat(syslog.value("a@1.k")).isEqualTo("v");
    assertThat(syslog.value("level")).isEqualTo("ERROR");
    assertThat(syslog.value("level_original")).isEqualTo("crit");
  }

  private LogRecord record(String message) {
    return intake.records().stream()
        .filter((record) -> record.message().equals(message))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void singleLine_isSubmittedWithoutWaitingForMore() throws IOException {
    TcpInput input = start();
    try (Socket socket = connect(input)) {
      send(socket, "first\n");
      awaitRecords(1);
      send(socket, "half of a");
      send(socket, " line\nsecond\n");
      awaitRecords(3);
    }
    assertThat(intake.messages()).containsExactly("first", "half of a line", "second");
  }

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
  void replyLine_acknowledgesEachStoredLine_andExitCloses() throws IOException {
    TcpInput input = start(10, Duration.ofMinutes(5), TcpProperties.Reply.LINE);
    intake.hold();
    try (Socket socket = connect(input)) {
      send(socket, "one\ntwo\n");
      awaitRecords(2);
      assertThat(socket.getInputStream().available()).isZero();
      intake.release();
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(answers.readLine()).isEqualTo("Log received");
      assertThat(answers.readLine()).isEqualTo("Log received");
      send(socket, "exit\r\nnot read\n");
      assertThat(answers.readLine()).isNull();
    }
    assertThat(intake.size()).isEqualTo(2);
  }

  @Test
  void lineOf100Megabytes_isTruncatedAndTheNextOneKept() throws IOException {
    TcpInput input = start();
    byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = connect(input)) {
      for (int i = 0; i < 100; i++) {
        socket.getOutputStream().write(megabyte);
      }
      send(socket, "\nnext\n");
    }
    awaitRecords(2);
    assertThat(intake.records().getFirst().message()).hasSize(256 << 10);
    assertThat(intake.records().getFirst().value("_truncated")).isEqualTo("true");
    assertThat(intake.messages()).last().isEqualTo("next");
    assertThat(metrics.notes()).containsEntry("truncated", 1L);
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
  void framedConnection_isDetectedByItsFirstBytes() throws IOException {
    TcpInput input = start();
    try (Socket socket = connect(input)) {
      byte[] ping = {(byte) 0xC1, 'L', 'C', 1, 5, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0};
      for (byte b : ping) {
        socket.getOutputStream().write(b);
      }
      byte[] pong = socket.getInputStream().readNBytes(20);
      assertThat(pong[4]).isEqualTo((byte) 6);
      assertThat(pong[11]).isEqualTo((byte) 7);
      await().until(() -> input.stats().connections().getFirst().protocol().equals("framed"));
    }
  }

  @Test
  void tlsClient_isRefusedWithAnAlert() throws IOException {
    TcpInput input = start();
    try (Socket socket = connect(input)) {
      socket.getOutputStream().write(new byte[] {0x16, 3, 1, 0, 0});
      assertThat(socket.getInputStream().readNBytes(2)).containsExactly(0x15, 3);
    }
    await().until(() -> metrics.notes().containsKey("tls_not_configured"));
    assertThat(intake.size()).isZero();
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
  void objectsWithoutSeparators_areRecordsBeforeTheConnectionEnds() throws IOException {
    TcpInput input = start();
    try (Socket socket = connect(input)) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 30_000; i++) {
        text.append("{\"message\":\"m").append(i).append("\",\"pad\":\"").append("x".repeat(60));
        text.append("\"}");
      }
      send(socket, text.toString());
      awaitRecords(30_000);
    }
    assertThat(intake.messages()).first().isEqualTo("m0");
    assertThat(intake.messages()).last().isEqualTo("m29999");
    assertThat(metrics.notes()).isEmpty();
  }

  @Test
  void unfinishedLine_isAcceptedWhenItsSenderStaysSilent() throws IOException {
    TcpInput input = start();
    try (Socket socket = connect(input)) {
      send(socket, "<13>1 2026-11-21T09:00:00Z h app - - - alone");
      awaitRecords(1);
      send(socket, "<13>1 2026-11-21T09:00:01Z h app - - - next\n");
      awaitRecords(2);
    }
    assertThat(intake.messages()).containsExactly("alone", "next");
    assertThat(metrics.notes()).containsEntry("unfinished", 1L);
  }

  @Test
  void wrongOctetCounts_areRepairedAndCounted() throws IOException {
    TcpInput input = start();
    try (Socket socket = connect(input)) {
      for (String message : List.of("\u00e4\u00f6\u00fc one", "two", "three")) {
        String text = "<14>1 2026-11-21T09:00:00Z h app - - - " + message;
        send(socket, text.length() + " " + text);
      }
      awaitRecords(3);
    }
    assertThat(intake.messages()).containsExactly("\u00e4\u00f6\u00fc one", "two", "three");
    assertThat(metrics.notes()).containsEntry("wrong_octet_count", 1L);
  }

  @Test
  void textWithByteOrderMark_isDecoded() throws IOException {
    TcpInput input = start();
    String text = "\ufeff{\"msg\":\"\u00e4rger\"}\r\nplain \ud83d\ude00\r\nlast";
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      try (Socket socket = connect(input)) {
        for (byte b : text.getBytes(charset)) {
          socket.getOutputStream().write(b);
        }
      }
    }
    awaitRecords(9);
    assertThat(intake.messages())
        .containsExactlyInAnyOrder(
            "\u00e4rger",
            "plain \ud83d\ude00",
            "last",
            "\u00e4rger",
            "plain \ud83d\ude00",
            "last",
            "\u00e4rger",
            "plain \ud83d\ude00",
            "last");
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
