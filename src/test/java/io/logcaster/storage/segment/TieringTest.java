package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Timestamps;
import io.logcaster.s3.S3Server;
import io.logcaster.s3.S3Server.Failure;
import io.logcaster.storage.RetentionRule;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.ScanTrace.Count;
import io.logcaster.storage.TierStatus;
import io.logcaster.storage.tier.TierOwnerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of segments in object storage, of a storage that fails, and of a lost disk. */
class TieringTest {

  private static final long START = 1_795_219_200L * Timestamps.SECOND;

  @TempDir Path directory;

  private S3Server server;

  private SegmentLogStorage storage;

  @BeforeEach
  void open() throws IOException {
    server = new S3Server();
    storage = Tiers.open(directory.resolve("data"), server);
  }

  @AfterEach
  void close() throws IOException {
    server.failing(null);
    storage.close();
    server.close();
  }

  /** Appends records of a day and writes them to a segment. */
  private void append(int day, int records) throws IOException {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("app"));
    int app = builder.column("app");
    for (int i = 0; i < records; i++) {
      builder.time(START + day * Timestamps.DAY + i * Timestamps.SECOND);
      builder.value(app, "app-" + i % 3);
      builder.value(RecordBatchBuilder.LEVEL, (i % 10 == 0) ? "ERROR" : "INFO");
      builder.value(RecordBatchBuilder.MESSAGE, "request day" + day + " took " + i + " ms");
      builder.end();
    }
    storage.append(builder.build()).join();
    storage.flushAll();
  }

  private static long count(SegmentLogStorage storage, ScanRequest request) throws IOException {
    AtomicLong records = new AtomicLong();
    storage.scan(
        request,
        (batch, rows, worker) -> {
          for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
            assertThat(batch.record(row).message()).startsWith("request");
            records.incrementAndGet();
          }
          return true;
        });
    return records.get();
  }

  private static ScanRequest traced(ScanTrace trace) {
    ScanRequest all = ScanRequest.all();
    return new ScanRequest(
        all.minTime(), all.maxTime(), all.filter(), all.order(), null, 2, () -> false, trace);
  }

  private long count() throws IOException {
    return count(storage, ScanRequest.all());
  }

  private TierStatus status() {
    return Objects.requireNonNull(storage.tier());
  }

  private List<String> keys() {
    return server.objects().keySet().stream().filter((key) -> key.contains("/segments/")).toList();
  }

  private List<Path> files(String suffix) throws IOException {
    try (var paths = Files.walk(directory.resolve("data/records"))) {
      return paths.filter((path) -> path.toString().endsWith(suffix)).toList();
    }
  }

  /** A filter that selects the rows whose message has a text. */
  private static RowFilter having(String text) {
    return (batch, rows) -> {
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (!batch.record(row).message().contains(text)) {
          rows.clear(row);
        }
      }
    };
  }

  @Test
  void oldSegments_moveAsAWhole_andAreReadFromThere() throws IOException {
    append(0, 3_000);
    append(1, 500);
    long before = storage.stats().bytes();

    Tiers.move(storage);

    assertThat(files(".seg")).isEmpty();
    assertThat(files(".tier")).hasSize(2);
    assertThat(status().segments()).isEqualTo(2);
    assertThat(status().pending()).isZero();
    assertThat(storage.stats().bytes()).isLessThan(before);
    assertThat(storage.stats().records()).isEqualTo(3_500);
    ScanTrace trace = new ScanTrace();
    assertThat(count(storage, traced(trace))).isEqualTo(3_500);
    assertThat(trace.get(Count.BYTES_FETCHED)).isPositive();
    ScanTrace again = new ScanTrace();
    assertThat(count(storage, traced(again))).isEqualTo(3_500);
    assertThat(again.get(Count.BYTES_FETCHED)).as("from the cache").isZero();
  }

  @Test
  void segmentsOfOtherTimes_fetchNothing() throws IOException {
    append(0, 1_000);
    append(1, 1_000);
    Tiers.move(storage);
    long fetched = status().fetchedBytes();

    assertThat(
            count(storage, ScanRequest.all().between(START + 9 * Timestamps.DAY, Long.MAX_VALUE)))
        .isZero();

    assertThat(status().fetchedBytes()).isEqualTo(fetched);
  }

  @Test
  void restart_findsThemAgain() throws IOException {
    append(0, 1_000);
    Tiers.move(storage);
    append(1, 10);
    storage.close();
    storage = Tiers.open(directory.resolve("data"), server);

    assertThat(count()).isEqualTo(1_010);
    assertThat(storage.damage()).isEmpty();
  }

  @Test
  void restart_withoutTheSettings_isRefused() throws IOException {
    append(0, 10);
    Tiers.move(storage);
    storage.close();

    assertThatThrownBy(
            () -> SegmentLogStorage.open(directory.resolve("data"), SegmentOptions.defaults()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("logcaster.tier.bucket");
    storage = Tiers.open(directory.resolve("data"), server);
    assertThat(count()).isEqualTo(10);
  }

  @Test
  void emptyDisk_findsAllOfThemAgain() throws IOException {
    append(0, 1_000);
    append(1, 500);
    Tiers.move(storage);
    storage.close();
    storage = Tiers.open(directory.resolve("new"), server);

    assertThat(count()).isEqualTo(1_500);
    append(2, 20);
    Tiers.move(storage);
    assertThat(count()).isEqualTo(1_520);
    assertThat(status().segments()).isEqualTo(3);
  }

  @Test
  void lostServerThatComesBack_changesNothingThere() throws IOException {
    append(0, 1_000);
    Tiers.move(storage);
    try (SegmentLogStorage other = Tiers.open(directory.resolve("new"), server)) {
      assertThat(count(other, ScanRequest.all())).isEqualTo(1_000);
      List<String> keys = keys();
      append(1, 10);

      assertThatThrownBy(() -> Tiers.move(storage))
          .isInstanceOf(TierOwnerException.class)
          .hasMessageContaining("logcaster.tier.prefix");

      assertThat(keys()).isEqualTo(keys);
      assertThat(count()).as("its own records stay").isEqualTo(1_010);
    }
  }

  @Test
  void anotherName_isRefusedAtThePrefix() throws IOException {
    append(0, 10);
    Tiers.move(storage);

    assertThatThrownBy(
            () ->
                Tiers.open(
                    directory.resolve("other"),
                    SegmentOptions.defaults(),
                    Tiers.options(server, "two", 1 << 20)))
        .isInstanceOf(TierOwnerException.class)
        .hasMessageContaining("'one'");
  }

  @Test
  void deletion_replacesTheSegmentThere_andLeavesNothingBehind() throws IOException {
    append(0, 1_000);
    Tiers.move(storage);
    List<String> before = keys();

    assertThat(storage.delete(ScanRequest.all().where(having("took 7 ms")))).isEqualTo(1);

    assertThat(files(".seg")).as("the new segment is there, too").isEmpty();
    assertThat(count()).isEqualTo(999);
    Tiers.move(storage);
    assertThat(keys()).hasSize(2).doesNotContainAnyElementsOf(before);
    storage.close();
    storage = Tiers.open(directory.resolve("new"), server);
    assertThat(count()).isEqualTo(999);
  }

  @Test
  void retention_dropsAndRewritesThere() throws IOException {
    append(0, 1_000);
    append(1, 1_000);
    append(2, 1_000);
    Tiers.move(storage);

    assertThat(storage.dropBefore(START + Timestamps.DAY)).isEqualTo(1_000);
    long now = START + 30 * Timestamps.DAY;
    assertThat(
            storage.apply(
                List.of(new RetentionRule("day1", having("day1"), Duration.ofDays(3))), now))
        .isEqualTo(1_000);
    assertThat(
            storage.apply(
                List.of(new RetentionRule("5", having("took 5 ms"), Duration.ofDays(3))), now))
        .isEqualTo(1);

    assertThat(storage.shrinkTo(1)).as("they take no room here").isZero();
    Tiers.move(storage);
    assertThat(count()).isEqualTo(999);
    assertThat(keys()).hasSize(2);
  }

  @Test
  void storageAway_namesWhatIsMissing_andReceivesOn() throws IOException {
    append(0, 1_000);
    Tiers.move(storage);
    append(1, 100);
    AtomicBoolean away = new AtomicBoolean(true);
    server.failing(() -> away.get() ? new Failure(503, "SlowDown", false) : null);

    ScanTrace trace = new ScanTrace();
    assertThat(count(storage, traced(trace))).isEqualTo(100);
    assertThat(trace.damage()).singleElement().asString().contains("SlowDown");
    assertThat(storage.damage()).as("it is no damage").isEmpty();
    assertThatThrownBy(() -> storage.delete(ScanRequest.all().where(having("took 7 ms"))))
        .hasMessageContaining("SlowDown");
    assertThatThrownBy(() -> Tiers.move(storage)).isInstanceOf(IOException.class);
    append(2, 50);

    away.set(false);
    assertThat(count()).isEqualTo(1_149);
    Tiers.move(storage);
    assertThat(count()).isEqualTo(1_149);
    assertThat(status().segments()).isEqualTo(3);
  }

  @Test
  void bucketThatVanishes_isNoDamage_andNoEmptyStorage() throws IOException {
    append(0, 100);
    Tiers.move(storage);
    server.failing(() -> new Failure(404, "NoSuchBucket", false));

    ScanTrace trace = new ScanTrace();
    assertThat(count(storage, traced(trace))).isZero();
    assertThat(trace.damage()).singleElement().asString().contains("NoSuchBucket");
    assertThat(storage.damage()).isEmpty();
    assertThatThrownBy(() -> Tiers.open(directory.resolve("new"), server))
        .as("it does not begin without the records")
        .hasMessageContaining("there is no such bucket");

    server.failing(null);
    assertThat(count()).isEqualTo(100);
  }

  @Test
  void damagedObject_isNamed() throws IOException {
    append(0, 1_000);
    Tiers.move(storage);
    String key = keys().stream().filter((name) -> name.endsWith(".seg")).findAny().orElseThrow();
    byte[] spoiled = server.objects().get(key).clone();
    for (int i = 0; i < spoiled.length; i++) {
      spoiled[i] ^= 0x55;
    }
    server.replace(key, spoiled);

    ScanTrace trace = new ScanTrace();
    assertThat(count(storage, traced(trace))).isZero();
    assertThat(trace.damage())
        .isNotEmpty()
        .allSatisfy(
            (place) -> assertThat(key).endsWith(place.substring(place.lastIndexOf("tier/"))));
    server.replace(key, null);
    storage.close();
    storage = Tiers.open(directory.resolve("data"), server);
    ScanTrace gone = new ScanTrace();
    assertThat(count(storage, traced(gone))).isZero();
    assertThat(gone.damage()).isNotEmpty().allMatch((place) -> place.contains("is missing"));
  }

  @Test
  void damagedLocalFile_isFetchedAgain() throws IOException {
    append(0, 1_000);
    Tiers.move(storage);
    storage.close();
    Files.write(files(".tier").getFirst(), new byte[100]);
    storage = Tiers.open(directory.resolve("data"), server);

    assertThat(count()).isEqualTo(1_000);
    assertThat(storage.damage()).isEmpty();
  }

  @Test
  void snapshot_hasTheLocalParts() throws IOException {
    append(0, 1_000);
    Tiers.move(storage);
    Path snapshot = directory.resolve("snapshot");
    storage.snapshot(snapshot);
    assertThat(RecordsCheck.run(snapshot.resolve("records")).damage()).isEmpty();

    try (SegmentLogStorage copy = Tiers.open(snapshot, server)) {
      assertThat(count(copy, ScanRequest.all())).isEqualTo(1_000);
      assertThatThrownBy(copy::moveDue).isInstanceOf(TierOwnerException.class);
    }
  }
}
