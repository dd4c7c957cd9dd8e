package io.logcaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a full queue does, with a server that acknowledges nothing until it is told to. */
class OverflowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Seventeen bytes with its line feed, so that about 120 fit. */
  private static String line(int number) {
    return "%016d".formatted(number);
  }

  private static LogCasterClientBuilder client(FakeServer server, Overflow overflow) {
    return LogCasterClient.builder()
        .server(server.address())
        .batchBytes(1024)
        .queueBytes(2048)
        .window(1)
        .linger(Duration.ofMinutes(10))
        .overflow(overflow);
  }

  @Test
  void dropNewest_keepsTheOldestRecords() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.SILENT);
        LogCasterClient client = client(server, Overflow.DROP_NEWEST).build()) {
      List<String> taken = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        if (client.line(line(i))) {
          taken.add(line(i));
        }
      }
      assertThat(taken).hasSize(120);
      assertThat(client.metrics().dropped()).isEqualTo(880);
      assertThat(client.metrics().queued()).isEqualTo(120);
      assertThat(client.metrics().queuedBytes()).isLessThanOrEqualTo(2048);

      finish(server, client);
      assertThat(server.lines()).isEqualTo(taken);
      assertThat(client.metrics().acknowledged()).isEqualTo(120);
    }
  }

  @Test
  void dropOldest_keepsTheNewestRecords() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.SILENT);
        LogCasterClient client = client(server, Overflow.DROP_OLDEST).build()) {
      for (int i = 0; i < 60; i++) {
        client.line(line(i));
      }
      client.line(line(60)); // completes the first batch
      Awaitility.await().atMost(PATIENCE).until(() -> !server.received().isEmpty());
      for (int i = 61; i < 1_000; i++) {
        assertThat(client.line(line(i))).isTrue();
      }
      long dropped = client.metrics().dropped();
      assertThat(dropped).isPositive();
      assertThat(client.metrics().queued()).isEqualTo(1_000 - dropped);

      finish(server, client);
      assertThat(server.lines())
          .contains(line(0), line(999))
          .hasSize((int) (1_000 - dropped))
          .isSorted();
    }
  }

  @Test
  void fail_throws() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.SILENT);
        LogCasterClient client = client(server, Overflow.FAIL).build()) {
      IntStream.range(0, 120).forEach((i) -> client.line(line(i)));

      assertThatThrownBy(() -> client.line(line(120)))
          .isInstanceOf(QueueFullException.class)
          .hasMessageContaining("2048");
      finish(server, client);
    }
  }

  @Test
  void block_waitsForRoom() throws Exception {
    try (FakeServer server = new FakeServer(FakeServer.SILENT);
        LogCasterClient client = client(server, Overflow.BLOCK).build()) {
      CompletableFuture<Void> logging =
          CompletableFuture.runAsync(
              () -> IntStream.range(0, 1_000).forEach((i) -> client.line(line(i))));
      Awaitility.await().atMost(PATIENCE).until(() -> client.metrics().queued() == 120);
      assertThat(logging).isNotDone();

      finish(server, client);
      logging.get();
      assertThat(client.flush(PATIENCE)).isTrue();
      assertThat(server.lines())
          .isEqualTo(IntStream.range(0, 1_000).mapToObj(OverflowTest::line).toList());
    }
  }

  @Test
  void block_interruptedThread_stopsWaiting() throws Exception {
    try (FakeServer server = new FakeServer(FakeServer.SILENT);
        LogCasterClient client = client(server, Overflow.BLOCK).build()) {
      IntStream.range(0, 120).forEach((i) -> client.line(line(i)));
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    boolean taken = client.line(line(120));
                    interrupted.complete(!taken && Thread.currentThread().isInterrupted());
                  });
      thread.interrupt();

      assertThat(interrupted.get()).isTrue();
      assertThat(client.metrics().dropped()).isEqualTo(1);
      finish(server, client);
    }
  }

  @Test
  void close_countsUndeliveredRecordsAsDropped() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.SILENT)) {
      LogCasterClient client =
          client(server, Overflow.DROP_NEWEST).closeTimeout(Duration.ofMillis(50)).build();
      IntStream.range(0, 100).forEach((i) -> client.line(line(i)));
      client.close();

      assertThat(client.line("late")).isFalse();
      assertThat(client.metrics().dropped()).isEqualTo(101);
      assertThat(client.metrics().queued()).isZero();
      client.close();
      assertThat(client.metrics().dropped()).isEqualTo(101);
    }
  }

  private static void finish(FakeServer server, LogCasterClient client) throws IOException {
    server.behave(FakeServer.ACKNOWLEDGE);
    server.disconnect();
    assertThat(client.flush(PATIENCE)).isTrue();
  }
}
