package io.logcaster.sink.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.s3.S3Server;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.SinkOptions;
import io.logcaster.sink.SinkTesting;
import io.logcaster.storage.Batches;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3SinkTest {

  private static final long NOON =
      Instant.parse("2026-11-21T12:00:00Z").getEpochSecond() * 1_000_000_000L;

  private static final long HOUR = 3_600_000_000_000L;

  @TempDir Path directory;

  private S3Server server;

  @BeforeEach
  void start() throws IOException {
    server = new S3Server();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Sink open(Map<String, ?> more) {
    Map<String, Object> options = new HashMap<>(more);
    options.putIfAbsent("endpoint", server.endpoint());
    options.putIfAbsent("bucket", "logs");
    options.putIfAbsent("accessKey", S3Server.ACCESS_KEY);
    options.putIfAbsent("secretKey", S3Server.SECRET_KEY);
    return SinkTesting.open(
        new S3SinkType(),
        options,
        SinkTesting.context("archive", directory, Duration.ofSeconds(5)));
  }

  private static RecordBatch batch(int from, int to, long step) {
    return Batches.of(
        IntStream.range(from, to)
            .mapToObj((i) -> new LogRecord(NOON + i * step, 9, "record " + i, List.of()))
            .toArray(LogRecord[]::new));
  }

  private static String withoutHash(String name) {
    return name.replaceFirst("-[0-9a-f]{8}\\.jsonl", ".jsonl");
  }

  @Test
  void queueThatBeginsAnew_replacesNothing() throws Exception {
    try (Sink sink = open(Map.of())) {
      SinkTesting.deliver(sink, 0, batch(0, 5, 1));
    }
    try (Sink sink = open(Map.of())) {
      SinkTesting.deliver(sink, 0, batch(5, 10, 1));
    }
    assertThat(new HashSet<>(Archives.messages(server)))
        .containsExactlyInAnyOrderElementsOf(messages(0, 10));
  }

  private static List<String> messages(int from, int to) {
    return IntStream.range(from, to).mapToObj((i) -> "record " + i).toList();
  }

  @Test
  void round_ofTwoHours_isTwoObjectsNamedByHourAndPosition() throws Exception {
    try (Sink sink = open(Map.of("prefix", "/app/logs"))) {
      sink.begin(1_000);
      sink.write(batch(0, 4, HOUR / 2));
      sink.flush();
    }
    assertThat(server.objects().keySet())
        .allMatch((name) -> name.matches(".*-[0-9a-f]{8}\\.jsonl\\.zst"))
        .extracting(S3SinkTest::withoutHash)
        .containsExactly(
            "logs/app/logs/date=2026-11-21/hour=12/archive-0000000000000001000.jsonl.zst",
            "logs/app/logs/date=2026-11-21/hour=13/archive-0000000000000001002.jsonl.zst");
    assertThat(Archives.messages(server)).containsExactlyElementsOf(messages(0, 4));
  }

  @Test
  void partitionByDay_gzipAndHeaders_areUsed() throws Exception {
    try (Sink sink =
        open(
            Map.of(
                "partition", "day",
                "compress", "gzip",
                "prefix", "",
                "storageClass", "STANDARD_IA",
                "encryption", "aes256"))) {
      SinkTesting.deliver(sink, 0, batch(0, 4, HOUR));
    }
    // A text that is empty is a text that is not set.
    String name = server.objects().firstKey();
    assertThat(withoutHash(name))
        .isEqualTo("logs/logs/date=2026-11-21/archive-0000000000000000000.jsonl.gz");
    assertThat(server.objects()).hasSize(1);
    assertThat(server.headers(name))
        .containsEntry("x-amz-storage-class", "STANDARD_IA")
        .containsEntry("x-amz-server-side-encryption", "AES256")
        .containsEntry("content-type", "application/gzip");
    assertThat(Archives.messages(server)).containsExactlyElementsOf(messages(0, 4));
  }

  @Test
  void repeatedRound_evenOfAnotherLength_replacesItsObjects() throws Exception {
    server.failing(() -> new S3Server.Failure(0, "", true));
    try (Sink sink = open(Map.of())) {
      sink.begin(0);
      sink.write(batch(0, 10, 1));
      assertThatThrownBy(sink::flush).isInstanceOf(SinkException.class);
    }
    server.failing(null);
    try (Sink sink = open(Map.of())) {
      SinkTesting.deliver(sink, 0, batch(0, 7, 1));
      SinkTesting.deliver(sink, 7, batch(7, 10, 1));
    }
    assertThat(Archives.messages(server)).containsExactlyElementsOf(messages(0, 10));
  }

  @Test
  void largeObject_isSentInParts_andIsWhole() throws Exception {
    RecordBatch large = noise(3_000);
    try (Sink sink = open(Map.of("compress", "none", "partSize", "5MB"))) {
      SinkTesting.deliver(sink, 0, large, large, large);
    }
    assertThat(server.requests()).anyMatch((request) -> request.contains("partNumber=3"));
    assertThat(server.objects()).hasSize(1);
    assertThat(server.uploads()).isZero();
    assertThat(Archives.messages(server)).hasSize(9_000);
  }

  /** About 2.4 MB for each thousand records. */
  private static RecordBatch noise(int records) {
    Random random = new Random(7);
    return Batches.of(
        IntStream.range(0, records)
            .mapToObj(
                (i) -> new LogRecord(NOON + i, 9, "n" + i, List.of(new Field("x", text(random)))))
            .toArray(LogRecord[]::new));
  }

  private static String text(Random random) {
    byte[] letters = new byte[1_200];
    random.nextBytes(letters);
    return HexFormat.of().formatHex(letters);
  }

  @Test
  void largeObject_thatFails_isGivenUpInTheStorage() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    server.failing(
        () ->
            requests.incrementAndGet() == 3
                ? new S3Server.Failure(500, "InternalError", false)
                : null);
    RecordBatch large = noise(3_000);
    try (Sink sink = open(Map.of("compress", "none", "partSize", "5MB"))) {
      int repeated = SinkTesting.deliver(sink, 0, large, large, large);

      assertThat(repeated).isPositive();
    }
    assertThat(server.uploads()).isZero();
    assertThat(Archives.messages(server)).hasSize(9_000);
  }

  @Test
  void roundOfManyHours_keepsFewObjectsOpen_andLosesNothing() throws Exception {
    try (Sink sink = open(Map.of())) {
      SinkTesting.deliver(sink, 0, batch(0, 200, HOUR / 2 + 1), batch(0, 3, HOUR));
    }
    assertThat(new HashSet<>(Archives.messages(server)))
        .containsExactlyInAnyOrderElementsOf(messages(0, 200));
    assertThat(Archives.messages(server)).hasSize(203);
  }

  @Test
  void storageThatFailsNowAndThen_hasEveryRecordOnce() throws Exception {
    Random random = new Random(42);
    server.failing(
        () ->
            switch (random.nextInt(6)) {
              case 0 -> new S3Server.Failure(503, "SlowDown", false);
              case 1 -> new S3Server.Failure(0, "", false);
              case 2 -> new S3Server.Failure(0, "", true);
              default -> null;
            });
    int repeated = 0;
    try (Sink sink = open(Map.of())) {
      for (int from = 0; from < 2_000; from += 50) {
        repeated += SinkTesting.deliver(sink, from, batch(from, from + 50, 1));
      }
    }
    assertThat(repeated).isPositive();
    assertThat(Archives.messages(server)).containsExactlyElementsOf(messages(0, 2_000));
  }

  @Test
  void slowStorage_isGivenUpAfterTheTimeLimit() throws Exception {
    server.slow(2_000);
    try (Sink sink =
        SinkTesting.open(
            new S3SinkType(),
            Map.of(
                "endpoint",
                server.endpoint(),
                "bucket",
                "logs",
                "accessKey",
                S3Server.ACCESS_KEY,
                "secretKey",
                S3Server.SECRET_KEY),
            SinkTesting.context("archive", directory, Duration.ofMillis(100)))) {
      sink.begin(0);
      sink.write(batch(0, 1, 1));
      assertThatThrownBy(sink::flush).hasMessageStartingWith("No answer from 127.0.0.1");
    }
  }

  @Test
  void wrongKey_isReportedWithoutIt_andRecordsWait() throws Exception {
    try (Sink sink = open(Map.of("secretKey", "not-the-right-one"))) {
      sink.begin(0);
      sink.write(batch(0, 1, 1));
      SinkException failure = catchThrowableOfType(SinkException.class, sink::flush);

      assertThat(failure)
          .hasMessage(
              "The storage answered 403: SignatureDoesNotMatch: The request is not signed right");
      assertThat(failure.kind()).isEqualTo(SinkException.Kind.TEMPORARY);
    }
  }

  @Test
  void linkLocalAddress_isRefused() throws Exception {
    try (Sink sink = open(Map.of("endpoint", "http://169.254.169.254"))) {
      sink.begin(0);
      sink.write(batch(0, 1, 1));
      assertThatThrownBy(sink::flush).hasMessageContaining("169.254.169.254 is link-local");
    }
  }

  @Test
  void options_thatDoNotGoTogether_areNamed() {
    assertRefused(Map.of("bucket", "a b"), "options.bucket");
    assertRefused(Map.of("endpoint", "http://host/path"), "options.endpoint");
    assertRefused(Map.of("partSize", "1MB"), "options.partSize");
    assertRefused(Map.of("kmsKey", "k"), "options.kmsKey");
    assertRefused(Map.of("prefix", "../up"), "options.prefix");
    assertRefused(Map.of("region", "a/b"), "options.region");
    assertRefused(Map.of("compress", "lz4"), "options.compress");
    assertThatThrownBy(
            () -> S3Options.of(SinkOptions.of(S3Options.ALL, Map.of("bucket", "logs")), Map.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("AWS_ACCESS_KEY_ID");
  }

  private void assertRefused(Map<String, ?> options, String property) {
    assertThatThrownBy(() -> open(options).close())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("'" + property + "'");
  }

  @Test
  void keys_comeFromTheEnvironment_whereNotSet() {
    S3Options options =
        S3Options.of(
            SinkOptions.of(S3Options.ALL, Map.of("bucket", "logs", "region", "eu-central-1")),
            Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "key"));

    assertThat(options.accessKey()).isEqualTo("id");
    assertThat(options.address().object("k", ""))
        .hasToString("https://logs.s3.eu-central-1.amazonaws.com/k");
    assertThat(options).asString().doesNotContain("key");
  }
}
