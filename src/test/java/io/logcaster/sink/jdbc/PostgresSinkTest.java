package io.logcaster.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.sink.ProxiedPort;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkTesting;
import io.logcaster.storage.Batches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With one real server for all tests, behind a port that can be cut. */
class PostgresSinkTest extends JdbcContract {

  @TempDir static Path data;

  private static int port;
  private static PostgresServer server;
  private static ProxiedPort proxy;

  @BeforeAll
  static void start() throws IOException {
    port = ProxiedPort.freePort();
    server = new PostgresServer(data.resolve("postgres"), port);
    proxy = new ProxiedPort(0, port);
  }

  @AfterAll
  static void stop() throws IOException {
    proxy.close();
    server.close();
  }

  @BeforeEach
  void mendProxy() {
    proxy.mend();
  }

  @Override
  Map<String, Object> options() {
    return Map.of(
        "url", "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres",
        "username", "postgres",
        "password", "postgres");
  }

  @Override
  Connection connect() throws SQLException {
    return PostgresServer.connect(port);
  }

  @Override
  protected void fail() {
    proxy.cut();
  }

  @Override
  protected void mend() {
    proxy.mend();
  }

  /** It stores no NUL. */
  @Override
  protected boolean keepsEveryCharacter() {
    return false;
  }

  @Test
  void textsThatItCannotStore_loseOnlyWhatItCannotStore() throws Exception {
    RecordBatch batch =
        Batches.of(
            new LogRecord(NOON, 0, "nul\u0000in\nside", List.of(new Field("f", "a\u0000b"))));
    try (Sink sink = open()) {
      SinkTesting.deliver(sink, 0, batch);
    }
    assertThat(received(1)).containsExactly("nul\uFFFDin\nside");
    assertThat(texts("SELECT fields->>'f' FROM $")).containsExactly("a\uFFFDb");
  }

  /** Connections are cut again and again, some of them between a commit and its answer. */
  @Test
  void connectionsCutUnderLoad_everyRecordIsThereOnce() throws Exception {
    proxy.cutNowAndThen(20, 40_000, 11);
    int repeated = 0;
    int written = 0;
    try (Sink sink = open()) {
      while (proxy.cutsLeft() > 0) {
        repeated += SinkTesting.deliver(sink, written, batch(written, written + 100));
        written += 100;
      }
    }
    assertThat(repeated).isPositive();
    assertThat(received(written)).containsExactlyElementsOf(messages(0, written));
  }

  @Test
  void serverStoppedUnderLoad_andStartedAgain_hasEveryRecordOnce() throws Exception {
    try (Sink sink = open()) {
      CompletableFuture<Void> restart = null;
      for (int from = 0; from < 3_000; from += 100) {
        if (from == 1_000) {
          restart = CompletableFuture.runAsync(PostgresSinkTest::restart);
        }
        SinkTesting.deliver(sink, from, batch(from, from + 100));
      }
      restart.join();
    }
    assertThat(received(3_000)).containsExactlyElementsOf(messages(0, 3_000));
  }

  private static void restart() {
    try {
      server.close();
      server = new PostgresServer(data.resolve("postgres"), port);
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  @Test
  void slowServer_isGivenUpAfterTheTimeLimit_andGetsEverythingLater() throws Exception {
    try (Sink sink =
        SinkTesting.open(
            new JdbcSinkType(),
            Map.of(
                "url", "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres",
                "username", "postgres",
                "password", "postgres",
                "table", "slow"),
            SinkTesting.context("slow", directory, Duration.ofSeconds(1)))) {
      SinkTesting.deliver(sink, 0, batch(0, 10));
      proxy.slow(3_000);
      CompletableFuture<Void> mend =
          CompletableFuture.runAsync(
              proxy::mend, CompletableFuture.delayedExecutor(1_500, TimeUnit.MILLISECONDS));
      assertThat(SinkTesting.deliver(sink, 10, batch(10, 20))).isPositive();
      mend.join();
    }
    assertThat(texts("SELECT message FROM slow ORDER BY nanos"))
        .containsExactlyElementsOf(messages(0, 20));
  }
}
