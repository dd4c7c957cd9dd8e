package io.logcaster.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.TestClock;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.s3.S3Server;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import io.logcaster.storage.segment.Tiers;
import io.logcaster.upkeep.Snapshots;
import io.logcaster.upkeep.SnapshotsOf;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups to a storage that fails, is damaged, and comes back. */
class BackupsTest {

  @TempDir Path directory;

  private S3Server server;

  private BackupStore store;

  private SegmentLogStorage storage;

  private Backups backups;

  @BeforeEach
  void open() throws IOException {
    server = new S3Server();
    store = store("a/b");
    storage = SegmentLogStorage.open(directory.resolve("data"), SegmentOptions.defaults());
    backups = backups(store, 2);
  }

  private BackupStore store(String prefix) throws IOException {
    return new BackupProperties(
            "bucket", URI.create(server.endpoint()), "us-east-1", prefix, null, null, null, 2)
        .open(
            Map.of(
                "AWS_ACCESS_KEY_ID",
                S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                S3Server.SECRET_KEY),
            Clock.systemUTC());
  }

  private Backups backups(BackupStore store, int keep) throws IOException {
    return new Backups(
        store,
        SnapshotsOf.storage(directory.resolve("data/snapshots"), storage, clock),
        keep,
        clock);
  }

  private final TestClock clock = new TestClock(Instant.parse("2026-03-04T05:06:07Z"));

  @AfterEach
  void close() throws IOException {
    store.close();
    storage.close();
    server.close();
  }

  private void append(int records) {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("app"));
    for (int i = 0; i < records; i++) {
      builder.time(1_000_000_000L * i);
      builder.value(RecordBatchBuilder.MESSAGE, "message " + i);
      builder.end();
    }
    storage.append(builder.build()).join();
  }

  private long restoredRecords(String name) throws IOException {
    Path target = directory.resolve(name);
    new Restoration(store, (file) -> {}).restore("", target);
    AtomicLong records = new AtomicLong();
    try (SegmentLogStorage restored = SegmentLogStorage.open(target, SegmentOptions.defaults())) {
      restored.scan(
          ScanRequest.all(),
          (batch, rows, worker) -> {
            records.addAndGet(rows.cardinality());
            return true;
          });
      assertThat(restored.damage()).isEmpty();
    }
    return records.get();
  }

  private Backups.Made backUp() throws IOException {
    clock.advance(Duration.ofDays(2));
    return backups.create();
  }

  @Test
  void emptyDisk_findsEverythingAgain() throws IOException {
    append(500);
    Backups.Made first = backUp();
    append(300);
    Backups.Made second = backUp();

    assertThat(second.sentBytes()).isLessThan(second.bytes());
    assertThat(second.files() - second.sentFiles()).as("files that the first has").isPositive();
    assertThat(backups.ids()).containsExactly(second.id(), first.id());
    assertThat(restoredRecords("new")).isEqualTo(800);
  }

  @Test
  void backupOfANodeWithASharedControlDatabase_hasItsRecordsOnly() throws IOException {
    append(40);
    Path snapshots = directory.resolve("data/snapshots");
    Snapshots ofNode = SnapshotsOf.withoutControl(snapshots, storage, clock);
    Snapshots.Snapshot snapshot = ofNode.create();
    assertThat(snapshot.control()).isFalse();
    assertThat(SnapshotsOf.storage(snapshots, storage, clock).create().control()).isTrue();

    Backups.Made made = new Backups(store, ofNode, 7, clock).create();

    assertThat(store.manifest(made.id()).files())
        .extracting(BackupManifest.Entry::path)
        .isNotEmpty()
        .noneMatch((path) -> path.startsWith("control"));
    assertThat(restoredRecords("node")).isEqualTo(40);
  }

  @Test
  void backupOfSegmentsInObjectStorage_refersToThem_andOpensWithThem() throws IOException {
    append(60);
    storage.close();
    storage = Tiers.open(directory.resolve("data"), server);
    backups = backups(store, 2);
    Tiers.move(storage);
    append(5);
    backUp();
    append(1);
    Tiers.move(storage);

    Path target = directory.resolve("new");
    new Restoration(store, (file) -> {}).restore("", target);

    assertThat(target.resolve("objects.txt"))
        .content()
        .contains("segments are not in this copy", server.endpoint() + "/bucket/tier/");
    try (SegmentLogStorage restored = Tiers.open(target, server)) {
      assertThat(restored.damage()).isEmpty();
      assertThat(restored.stats().records()).isEqualTo(65);
      AtomicLong records = new AtomicLong();
      restored.scan(
          ScanRequest.all(),
          (batch, rows, worker) -> {
            records.addAndGet(rows.cardinality());
            return true;
          });
      assertThat(records).hasValue(65);
    }
  }

  @Test
  void backup_withoutNewRecords_sendsNoSegment() throws IOException {
    append(100);
    List<BackupManifest.Entry> first = segments(backUp());
    assertThat(segments(backUp())).isEqualTo(first).isNotEmpty();
    for (BackupManifest.Entry segment : first) {
      assertThat(server.requests()).containsOnlyOnce("PUT /bucket/a/b/" + segment.key());
    }
  }

  private List<BackupManifest.Entry> segments(Backups.Made made) throws IOException {
    return store.manifest(made.id()).files().stream()
        .filter((entry) -> entry.path().endsWith(".seg"))
        .toList();
  }

  @Test
  void interruptedBackup_leavesTheOneBefore_andIsContinued() throws IOException {
    append(100);
    backUp();
    append(100);
    AtomicInteger puts = new AtomicInteger();
    server.failing(
        () -> (puts.incrementAndGet() > 3) ? new S3Server.Failure(503, "SlowDown", false) : null);
    assertThatThrownBy(this::backUp).hasMessageContaining("503 SlowDown");
    server.failing(null);
    assertThat(restoredRecords("old")).isEqualTo(100);

    backUp();
    assertThat(restoredRecords("new")).isEqualTo(200);
  }

  @Test
  void anyRequest_thatFails_leavesAWholeBackup() throws IOException {
    append(50);
    backUp();
    int records = 50;
    Random random = new Random(7);
    for (int round = 0; round < 4; round++) {
      append(10);
      records += 10;
      int failing = 1 + random.nextInt(14);
      boolean done = random.nextBoolean();
      AtomicInteger requests = new AtomicInteger();
      server.failing(
          () ->
              (requests.incrementAndGet() == failing)
                  ? new S3Server.Failure(500, "InternalError", done)
                  : null);
      boolean made = true;
      try {
        backUp();
      } catch (IOException ex) {
        made = false;
      }
      server.failing(null);
      long restored = restoredRecords("round-" + round);
      assertThat(restored).as("round %d, request %d", round, failing).isLessThanOrEqualTo(records);
      if (made) {
        assertThat(restored).isEqualTo(records);
      }
    }
  }

  @Test
  void oldBackups_goWithTheObjectsThatNobodyHas() throws IOException {
    append(100);
    String first = backUp().id();
    append(100);
    backUp();
    append(100);
    backUp();

    assertThat(backups.ids()).hasSize(2).doesNotContain(first);
    assertThat(restoredRecords("new")).isEqualTo(300);
    new Restoration(store, (file) -> {}).verify(backups.ids().getLast());
  }

  @Test
  void damagedObject_isNamed_andNothingIsRestored() throws IOException {
    append(100);
    String id = backUp().id();
    BackupManifest.Entry segment =
        store.manifest(id).files().stream()
            .filter((entry) -> entry.path().endsWith(".seg"))
            .findFirst()
            .orElseThrow();
    String key = "bucket/a/b/" + segment.key();
    byte[] content = server.objects().get(key).clone();
    byte[] damaged = content.clone();
    damaged[damaged.length / 2] ^= 1;
    Restoration restoration = new Restoration(store, (file) -> {});

    server.replace(key, damaged);
    assertThatThrownBy(() -> restoration.verify(id)).hasMessageContaining(segment.path());
    assertThatThrownBy(() -> restoration.restore(id, directory.resolve("new")))
        .hasMessageContaining("is damaged");
    assertThat(directory.resolve("new")).doesNotExist();

    server.replace(key, null);
    assertThatThrownBy(() -> restoration.verify(id)).hasMessageContaining("404 NoSuchKey");

    server.replace(key, content);
    assertThat(restoration.restore(id, directory.resolve("new")).id()).isEqualTo(id);
  }

  @Test
  void directoryWithFiles_isNotReplaced() throws IOException {
    append(1);
    backUp();
    Path target = Files.createDirectories(directory.resolve("used"));
    Files.writeString(target.resolve("x"), "kept");
    assertThatThrownBy(() -> new Restoration(store, (file) -> {}).restore("", target))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target.resolve("x")).hasContent("kept");
  }

  @Test
  void manifest_thatNamesFilesElsewhere_isRefused() throws IOException {
    append(1);
    BackupManifest made = store.manifest(backUp().id());
    BackupManifest.Entry entry = made.files().getFirst();
    for (String path : List.of("../evil", "/etc/evil", "records/../../evil")) {
      store.put(
          new BackupManifest(
              BackupManifest.VERSION,
              "evil",
              List.of(new BackupManifest.Entry(path, entry.bytes(), 0, entry.sha256()))));
      assertThatThrownBy(
              () ->
                  new Restoration(store, (file) -> {}).restore("evil", directory.resolve("target")))
          .hasMessageContaining(path);
    }
  }
}
