package io.logcaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LogCasterClientTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration LONG = Duration.ofMinutes(10);

  private static LogCasterClientBuilder client(FakeServer server) {
    return LogCasterClient.builder()
        .server(server.address())
        .retry(Duration.ofMillis(1), Duration.ofMillis(20))
        .linger(Duration.ofMillis(1));
  }

  @Test
  void record_arrivesWithItsFields() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server).field("app", "shop").token("sesame").build()) {
      Map<String, Object> more = new HashMap<>();
      more.put("count", 7);
      more.put("absent", null);
      assertThat(
              client
                  .record()
                  .time(Instant.parse("2026-11-21T09:15:00.123456789Z"))
                  .level("WARN")
                  .message("quote \" tab \t null \0 emoji \uD83D\uDE00 lone \uD83D 한국어 é\n2nd line")
                  .field("big", Long.MIN_VALUE)
                  .field("ratio", 0.5)
                  .field("none", Double.NaN)
                  .field("ok", true)
                  .fields(more)
                  .send())
          .isTrue();
      assertThat(client.flush(PATIENCE)).isTrue();

      assertThat(server.records()).hasSize(1);
      JsonNode record = server.records().get(0);
      assertThat(record.path("_time").asString()).isEqualTo("1795252500123456789");
      assertThat(record.path("level").asString()).isEqualTo("WARN");
      assertThat(record.path("_msg").asString())
          .isEqualTo("quote \" tab \t null \0 emoji \uD83D\uDE00 lone \uFFFD 한국어 é\n2nd line");
      assertThat(record.path("big").asLong()).isEqualTo(Long.MIN_VALUE);
      assertThat(record.path("ratio").asDouble()).isEqualTo(0.5);
      assertThat(record.path("none").asString()).isEqualTo("NaN");
      assertThat(record.path("ok").asBoolean()).isTrue();
      assertThat(record.path("count").asInt()).isEqualTo(7);
      assertThat(record.has("absent")).isFalse();
      assertThat(record.path("app").asString()).isEqualTo("shop");
      assertThat(server.hellos().get(0).path("token").asString()).isEqualTo("sesame");
      assertThat(server.hellos().get(0).path("client").asString()).startsWith("java-");
    }
  }

  @Test
  void exception_isStoredInItsRecord() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server).build()) {
      client.log("ERROR", "failed", new IllegalStateException("outer", new IOException("inner")));
      assertThat(client.flush(PATIENCE)).isTrue();

      assertThat(server.records()).hasSize(1);
      JsonNode record = server.records().get(0);
      assertThat(record.path("exception.type").asString())
          .isEqualTo("java.lang.IllegalStateException");
      assertThat(record.path("exception.message").asString()).isEqualTo("outer");
      assertThat(record.path("exception.stacktrace").asString())
          .contains("\tat " + LogCasterClientTest.class.getName())
          .contains("Caused by: java.io.IOException: inner");
    }
  }

  @Test
  void recordAboveAMegabyte_isTruncatedAndMarked() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server).build()) {
      client.record().message("é".repeat(2_000_000)).field("lost", "x").send();
      client.log("INFO", "next");
      assertThat(client.flush(PATIENCE)).isTrue();

      assertThat(server.records()).hasSize(2);
      JsonNode cut = server.records().get(0);
      assertThat(cut.path("_truncated").asString()).isEqualTo("true");
      assertThat(cut.path("_msg").asString()).matches("é{500000,}");
      assertThat(server.received())
          .allSatisfy(
              (frame) ->
                  assertThat(frame.payload().getBytes(StandardCharsets.UTF_8))
                      .hasSizeLessThanOrEqualTo(Frames.MAX_PAYLOAD));
      assertThat(server.records().get(1).path("_msg").asString()).isEqualTo("next");
    }
  }

  @Test
  void batches_areSplitBySizeAndKeepTheOrder() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server).linger(LONG).batchBytes(1024).build()) {
      for (int i = 0; i < 500; i++) {
        assertThat(client.line("line " + i)).isTrue();
      }
      Awaitility.await().atMost(PATIENCE).until(() -> server.received().size() > 2);
      assertThat(client.flush(PATIENCE)).isTrue();

      assertThat(server.lines())
          .isEqualTo(IntStream.range(0, 500).mapToObj((i) -> "line " + i).toList());
      assertThat(server.received())
          .allSatisfy((frame) -> assertThat(frame.payload().length()).isLessThanOrEqualTo(1024));
    }
  }

  @Test
  void linger_sendsABatchThatIsNotFull() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server).build()) {
      client.line("alone");

      Awaitility.await().atMost(PATIENCE).until(() -> client.metrics().acknowledged() == 1);
      assertThat(server.lines()).containsExactly("alone");
    }
  }

  @Test
  void lostConnections_loseNothing() throws IOException {
    AtomicInteger frames = new AtomicInteger();
    FakeServer.Behaviour breaking =
        (server, socket, frame) -> {
          int number = frames.incrementAndGet();
          if (number % 5 == 0) {
            throw new IOException("broken on purpose");
          }
          if (number % 2 == 0) {
            server.reply(socket, Frames.ACK, frame.sequence(), "");
          }
        };
    try (FakeServer server = new FakeServer(breaking);
        LogCasterClient client = client(server).batchBytes(1024).build()) {
      for (int i = 0; i < 2_000; i++) {
        client.line("number " + i);
      }
      Awaitility.await().atMost(PATIENCE).until(() -> frames.get() >= 10);
      server.behave(FakeServer.ACKNOWLEDGE);
      server.disconnect(); // what was left without an answer
      assertThat(client.flush(PATIENCE)).isTrue();

      assertThat(server.lines())
          .isEqualTo(IntStream.range(0, 2_000).mapToObj((i) -> "number " + i).toList());
      assertThat(server.received())
          .extracting(FakeServer.Received::client)
          .hasSameElementsAs(List.of(server.hellos().get(0).path("client").asString()));
      assertThat(client.metrics().retried()).isPositive();
      assertThat(client.metrics().acknowledged()).isEqualTo(2_000);
      assertThat(client.metrics().queued()).isZero();
      assertThat(client.metrics().lastError()).contains(server.address().toString());
    }
  }

  @Test
  void storedBatches_areNotSentAgain() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.SILENT)) {
      try (LogCasterClient client = client(server).resumable("import-1", 5).build()) {
        byte[] line = "x\n".getBytes(StandardCharsets.UTF_8);
        assertThat(client.batch(line, 0, line.length)).isEqualTo(5);
        assertThat(client.batch(line, 0, line.length)).isEqualTo(6);
        Awaitility.await().atMost(PATIENCE).until(() -> server.received().size() == 2);
        server.lastStored(6);
        server.disconnect();

        assertThat(client.flush(PATIENCE)).isTrue();
        assertThat(client.metrics().acknowledged()).isEqualTo(2);
      }
      assertThat(server.hellos().get(0).path("client").asString()).isEqualTo("import-1");
    }
  }

  @Test
  void serverWithoutHelloReply_isSupported() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server).build()) {
      server.silentHello();
      client.line("still");
      assertThat(client.flush(PATIENCE)).isTrue();
      assertThat(server.lines()).containsExactly("still");
    }
  }

  @Test
  void refusal_isReportedAndRetried() throws IOException {
    FakeServer.Behaviour refuse =
        (server, socket, frame) ->
            server.reply(
                socket,
                Frames.ERROR,
                0,
                "{\"code\":\"unauthorized\",\"detail\":\"wrong token\",\"retryAfterMs\":1}");
    List<String> told = new ArrayList<>();
    ClientListener listener =
        new ClientListener() {
          @Override
          public synchronized void failed(String server, String reason) {
            told.add(reason);
          }
        };
    try (FakeServer server = new FakeServer(refuse);
        LogCasterClient client = client(server).listener(listener).build()) {
      client.line("x");
      Awaitility.await().atMost(PATIENCE).until(() -> client.metrics().retried() > 0);
      assertThat(client.metrics().lastError()).contains("unauthorized").contains("wrong token");
      synchronized (listener) {
        assertThat(told).isNotEmpty();
      }
      server.behave(FakeServer.ACKNOWLEDGE);
      assertThat(client.flush(PATIENCE)).isTrue();
    }
  }

  @Test
  void unacceptableBatch_isDroppedAndBlocksNothing() throws IOException {
    FakeServer.Behaviour refuseFirst =
        (server, socket, frame) -> {
          if (frame.sequence() == 1) {
            server.reply(
                socket,
                Frames.ERROR,
                1,
                "{\"code\":\"frame_too_large\",\"detail\":\"too many fields\",\"retryAfterMs\":0}");
            throw new IOException("closed after the error");
          }
          server.reply(socket, Frames.ACK, frame.sequence(), "");
        };
    try (FakeServer server = new FakeServer(refuseFirst);
        LogCasterClient client = client(server).build()) {
      byte[] lines = "first\nsecond\n".getBytes(StandardCharsets.UTF_8);
      client.batch(lines, 0, 6);
      client.batch(lines, 6, lines.length);
      assertThat(client.flush(PATIENCE)).isTrue();

      assertThat(client.metrics().dropped()).isEqualTo(1);
      assertThat(client.metrics().acknowledged()).isEqualTo(1);
      assertThat(client.metrics().lastError()).contains("too many fields");
      assertThat(server.lines()).contains("second");
    }
  }

  @Test
  void anotherServer_takesOver() throws IOException {
    int dead;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = unused.getLocalPort();
    }
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client =
            LogCasterClient.builder()
                .server("127.0.0.1:" + dead)
                .server(server.address())
                .retry(Duration.ofMillis(1), Duration.ofMillis(5))
                .build()) {
      client.line("x");
      assertThat(client.flush(PATIENCE)).isTrue();
      assertThat(server.lines()).containsExactly("x");
    }
  }

  @Test
  void manyThreads_loseAndDuplicateNothing() throws Exception {
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client =
            client(server).queueBytes(64 << 10).batchBytes(4096).overflow(Overflow.BLOCK).build()) {
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        for (int thread = 0; thread < 8; thread++) {
          int id = thread;
          threads.submit(
              () -> {
                for (int i = 0; i < 5_000; i++) {
                  client.record().message("m").field("id", id * 5_000 + i).send();
                }
              });
        }
      }
      assertThat(client.flush(PATIENCE)).isTrue();

      assertThat(server.records().stream().map((record) -> record.path("id").asInt()).sorted())
          .isEqualTo(IntStream.range(0, 40_000).boxed().toList());
    }
  }

  @Test
  void rateLimit_spreadsTheRecords() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server).rateLimit(200).build()) {
      long start = System.nanoTime();
      for (int i = 0; i < 60; i++) {
        client.line("x");
      }
      assertThat(client.flush(PATIENCE)).isTrue();
      // Three batches of twenty: the third leaves after those before have had their 100 ms each.
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000L);
      assertThat(server.lines()).hasSize(60);
    }
  }

  @Test
  void invalidSettings_areNamed() {
    assertThatThrownBy(() -> LogCasterClient.builder().batchBytes(2 << 20))
        .hasMessageContaining("batchBytes");
    assertThatThrownBy(() -> LogCasterClient.builder().queueBytes(1).build())
        .hasMessageContaining("queueBytes");
    assertThatThrownBy(() -> LogCasterClient.builder().server("logs:http"))
        .hasMessageContaining("logs:http")
        .hasMessageContaining("host:port");
    assertThat(ServerAddress.parse("[::1]:99")).isEqualTo(new ServerAddress("::1", 99));
    assertThat(ServerAddress.parse("logs")).isEqualTo(new ServerAddress("logs", 5140));
  }

  @Test
  void throwingListener_doesNotEndTheClient() throws IOException {
    ClientListener broken =
        new ClientListener() {
          @Override
          public void connected(String server) {
            throw new IllegalStateException("connected");
          }

          @Override
          public void failed(String server, String reason) {
            throw new NoClassDefFoundError("failed");
          }

          @Override
          public void acknowledged(long sequence, long records) {
            throw new IllegalStateException("acknowledged");
          }
        };
    ServerAddress address;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = new ServerAddress("127.0.0.1", unused.getLocalPort());
    }
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client =
            client(server)
                .server(address) // nobody is there, which is told first or later
                .listener(broken)
                .build()) {
      for (int i = 0; i < 20; i++) {
        client.log("INFO", "line " + i);
        assertThat(client.flush(PATIENCE)).as("line %d", i).isTrue();
      }
      assertThat(server.records()).hasSize(20);
      assertThat(client.metrics().acknowledged()).isEqualTo(20);
    }
  }
}
