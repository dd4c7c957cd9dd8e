package io.logcaster.ingest.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.record.LogRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the input makes of the bytes of a connection. */
@Execution(ExecutionMode.CONCURRENT)
class TcpInputTest extends TcpInputFixture {

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
}
