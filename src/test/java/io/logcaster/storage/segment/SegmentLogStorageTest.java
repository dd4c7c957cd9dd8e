package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.LogStorageContract;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageReadOnlyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class SegmentLogStorageTest extends LogStorageContract {

  private static final SegmentOptions SMALL =
      SegmentOptions.defaults().withFlush(100_000, Duration.ofDays(1)).withMergeFan(3);

  @TempDir Path directory;

  @Override
  protected LogStorage open() throws IOException {
    return SegmentLogStorage.open(directory, SMALL);
  }

  @Override
  protected boolean isDurable() {
    return true;
  }

  @Override
  protected LogStorage reopen() throws IOException {
    return open();
  }

  private SegmentLogStorage engine() {
    return (SegmentLogStorage) storage;
  }

  @Test
  void open_afterAKill_findsAcknowledgedRecordsOnce() throws IOException {
    List<LogRecord> all = new ArrayList<>();
    Random random = new Random(31);
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 10; i++) {
        RecordBatch batch = randomBatch(random, 80);
        append(batch);
        all.addAll(records(batch));
      }
      // A killed process leaves the files as they are, without closing anything.
      Path copy = directory.resolveSibling(directory.getFileName() + "-" + round);
      copy(directory, copy);
      try (SegmentLogStorage other = SegmentLogStorage.open(copy, SMALL)) {
        assertThat(other.damage()).isEmpty();
        assertThat(scanOf(other)).containsExactlyInAnyOrderElementsOf(all);
      }
    }
  }

  @Test
  void merge_leavesFewerSegmentsAndTheSameRecords() throws IOException {
    List<LogRecord> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      RecordBatch batch = sameDay(i, 50);
      append(batch);
      all.addAll(records(batch));
      engine().flushAll();
    }
    while (engine().mergeOnce()) {
      assertThat(scan(ScanRequest.all())).containsExactlyInAnyOrderElementsOf(all);
    }
    assertThat(segmentFiles()).hasSizeLessThan(6);
    storage.close();
    storage = reopen();
    assertThat(scan(ScanRequest.all())).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void scan_whileSegmentsAreReplaced_returnsEachRecordOnce() throws IOException {
    for (int i = 0; i < 9; i++) {
      append(sameDay(i, 50));
      engine().flushAll();
    }
    List<String> seen = new ArrayList<>();
    AtomicBoolean changed = new AtomicBoolean();
    storage.scan(
        ScanRequest.all(),
        (batch, rows, worker) -> {
          for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
            seen.add(batch.column(Field.MESSAGE).text(row));
          }
          if (changed.compareAndSet(false, true)) {
            replaceEverything();
          }
          return true;
        });
    assertThat(seen).doesNotHaveDuplicates().hasSize(450);
    assertThat(storage.stats().records()).isZero();
    assertThat(segmentFiles()).as("deleted when the scan has released them").isEmpty();
  }

  private void replaceEverything() {
    try {
      engine().mergeOnce();
      engine().dropBefore(Long.MAX_VALUE);
    } catch (IOException ex) {
      throw new AssertionError(ex);
    }
  }

  @Test
  void records_areInSegmentsOfTheirDay() throws IOException {
    for (int i = 0; i < 40; i++) {
      append(batch(record(NOON - i * Timestamps.DAY, 9, "day " + i)));
      engine().flushAll();
    }
    assertThat(segmentFiles()).hasSize(40);
    assertThat(engine().dropBefore(NOON - 29 * Timestamps.DAY)).isEqualTo(10);
    assertThat(scan(ScanRequest.all())).hasSize(30);
    assertThat(engine().shrinkTo(0)).as("the newest day stays").isEqualTo(29);
    assertThat(scan(ScanRequest.all())).extracting(LogRecord::message).containsExactly("day 0");
  }

  @Test
  void recordsSpreadOverYears_shareSegmentsAndAreStillDroppedByAge() throws IOException {
    // 2026-11-21 back to 2024-02-26, a record every six hours.
    append(
        batch(
            IntStream.range(0, 4_000)
                .mapToObj((i) -> record(NOON - i * (Timestamps.DAY / 4), 9, "quarter " + i))
                .toArray(LogRecord[]::new)));
    append(sameDay(0, 4_000));
    engine().flushAll();
    assertThat(segmentFiles())
        .extracting((file) -> file.getParent().getFileName().toString())
        .containsExactlyInAnyOrder("2024", "2025", "2026", "2026-11-21");
    assertThat(scan(ScanRequest.all())).hasSize(8_000);
    assertThat(engine().dropBefore(NOON - 500 * Timestamps.DAY)).isEqualTo(1_999);
    assertThat(scan(ScanRequest.all())).hasSize(6_001);
    assertThat(engine().dropBefore(NOON - 500 * Timestamps.DAY + Timestamps.DAY / 2))
        .as("less than a day of old records is not worth a rewrite")
        .isZero();
    storage.close();
    storage = reopen();
    assertThat(scan(ScanRequest.all())).hasSize(6_001);
  }

  @Test
  void append_whileTheVolumeIsLow_failsAndRecoversByItself() throws IOException {
    Path other = directory.resolve("other");
    try (SegmentLogStorage full =
        SegmentLogStorage.open(other, SMALL.withMinFreeBytes(Long.MAX_VALUE))) {
      await().until(() -> full.stats().readOnly());
      assertThat(full.append(sameDay(0, 1)))
          .failsWithin(1, TimeUnit.SECONDS)
          .withThrowableThat()
          .withRootCauseInstanceOf(StorageReadOnlyException.class);
    }
  }

  @Test
  void directory_thatVanishes_isReportedOnce_andRefusesRecords() throws IOException {
    Path other = directory.resolve("other");
    SegmentLogStorage lost = SegmentLogStorage.open(other, SMALL);
    lost.append(sameDay(0, 10)).join();
    Files.move(other, directory.resolve("elsewhere"));
    await().until(() -> !lost.damage().isEmpty());
    assertThat(lost.append(sameDay(1, 1)))
        .failsWithin(1, TimeUnit.MINUTES)
        .withThrowableThat()
        .withRootCauseInstanceOf(StorageReadOnlyException.class)
        .withMessageContaining(other + " is gone");
    lost.close();
    assertThat(lost.damage()).hasSize(1);
    assertThat(other).doesNotExist();
    try (SegmentLogStorage found = SegmentLogStorage.open(directory.resolve("elsewhere"), SMALL)) {
      assertThat(found.stats().records()).isEqualTo(10);
    }
  }

  @Test
  void open_withADamagedSegment_quarantinesItAndServesTheRest() throws IOException {
    append(sameDay(0, 50));
    engine().flushAll();
    append(sameDay(1, 50));
    storage.close();
    Path first = segmentFiles().getFirst();
    byte[] bytes = Files.readAllBytes(first);
    bytes[bytes.length - 3] ^= 1;
    Files.write(first, bytes);
    storage = reopen();
    assertThat(engine().damage())
        .singleElement()
        .asString()
        .contains(first.getFileName().toString());
    assertThat(directory.resolve("quarantine").resolve(first.getFileName())).exists();
    assertThat(scan(ScanRequest.all())).hasSize(50);
    append(sameDay(2, 10));
    assertThat(scan(ScanRequest.all())).hasSize(60);
  }

  @Test
  void open_withADamagedManifestAfterAMerge_findsEachRecordOnce() throws IOException {
    for (int i = 0; i < 3; i++) {
      append(sameDay(i, 50));
      engine().flushAll();
    }
    List<Path> replaced = segmentFiles();
    Map<Path, byte[]> contents = new HashMap<>();
    for (Path file : replaced) {
      contents.put(file, Files.readAllBytes(file));
    }
    assertThat(engine().mergeOnce()).isTrue();
    storage.delete(ScanRequest.all().between(NOON, NOON + 9));
    storage.close();
    // A kill while a scan still held the files would have left them.
    for (Map.Entry<Path, byte[]> file : contents.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
    Files.writeString(manifest(Manifest.FILE), "rubbish", StandardCharsets.UTF_8);
    storage = reopen();
    assertThat(engine().damage()).singleElement().asString().contains("MANIFEST");
    assertThat(scan(ScanRequest.all())).hasSize(140).doesNotHaveDuplicates();
    assertThat(replaced).noneMatch(Files::exists);
    storage.close();
    Files.delete(manifest(Manifest.FILE));
    storage = reopen();
    assertThat(engine().damage()).singleElement().asString().contains("MANIFEST", "missing");
    assertThat(scan(ScanRequest.all())).hasSize(140);
  }

  private Path manifest(String name) {
    return directory.resolve("records").resolve(name);
  }

  @Test
  void open_withBothManifestsDamaged_rebuildsThem() throws IOException {
    for (int i = 0; i < 3; i++) {
      append(sameDay(i, 50));
      engine().flushAll();
    }
    append(sameDay(3, 50));
    storage.close();
    Files.writeString(manifest(Manifest.FILE), "rubbish", StandardCharsets.UTF_8);
    Files.delete(manifest(Manifest.COPY));
    storage = reopen();
    assertThat(engine().damage()).hasSize(3).last().asString().contains("rebuilt");
    assertThat(scan(ScanRequest.all())).hasSize(200);
    storage.close();
    storage = reopen();
    assertThat(engine().damage()).isEmpty();
    assertThat(scan(ScanRequest.all())).hasSize(200);
  }

  @Test
  void open_afterACrashBetweenSegmentAndManifest_readsTheLogAndDeletesTheLeftover()
      throws IOException {
    append(sameDay(0, 50));
    Path copy = directory.resolveSibling(directory.getFileName() + "-copy");
    copy(directory, copy);
    engine().flushAll();
    Path segment = segmentFiles().getFirst();
    Path leftOver = copy.resolve(directory.relativize(segment));
    Files.createDirectories(leftOver.getParent());
    Files.copy(segment, leftOver);
    try (SegmentLogStorage other = SegmentLogStorage.open(copy, SMALL)) {
      assertThat(scanOf(other)).hasSize(50);
      assertThat(leftOver).doesNotExist();
    }
  }

  private List<LogRecord> scanOf(LogStorage other) {
    LogStorage mine = storage;
    storage = other;
    try {
      return scan(ScanRequest.all());
    } finally {
      storage = mine;
    }
  }

  private List<Path> segmentFiles() throws IOException {
    try (var files = Files.walk(directory.resolve("records"))) {
      return files.filter((file) -> file.toString().endsWith(".seg")).sorted().toList();
    }
  }

  private static RecordBatch sameDay(int number, int size) {
    return batch(
        IntStream.range(0, size)
            .mapToObj(
                (i) ->
                    record(
                        NOON + number * Timestamps.SECOND + i,
                        9,
                        "batch " + number + " row " + i,
                        "host",
                        "h" + i % 3,
                        "status",
                        Integer.toString(200 + i)))
            .toArray(LogRecord[]::new));
  }

  /**
   * Copies a consistent state of the disk: repeats until no flush or merge changed the manifest
   * meanwhile.
   */
  private static void copy(Path from, Path to) throws IOException {
    Path manifest = from.resolve("records").resolve(Manifest.FILE);
    for (int attempt = 0; ; attempt++) {
      Path target = to.resolve(Integer.toString(attempt));
      byte[] before = Files.exists(manifest) ? Files.readAllBytes(manifest) : new byte[0];
      boolean whole = tryCopy(from, target);
      byte[] after = Files.exists(manifest) ? Files.readAllBytes(manifest) : new byte[0];
      if (whole && Arrays.equals(before, after)) {
        try (var files = Files.list(target)) {
          for (Path file : files.toList()) {
            Files.move(file, to.resolve(file.getFileName()));
          }
        }
        return;
      }
    }
  }

  /** Returns false if a file vanished during the copy. */
  private static boolean tryCopy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
      return true;
    } catch (NoSuchFileException | UncheckedIOException ex) {
      return false;
    }
  }
}
