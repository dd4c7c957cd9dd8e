package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.Batches;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.segment.file.SegmentContents;
import io.logcaster.storage.segment.file.SegmentReader;
import io.logcaster.storage.wal.Durability;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage that occurs while the storage is open is skipped and reported, without other losses. */
class DamageWhileRunningTest {

  private static final SegmentOptions OPTIONS =
      new SegmentOptions(Durability.SYNC, 32 << 20, Duration.ofDays(1), 0, 100, 0);

  private static final int SEGMENTS = 6;

  private static final int ROWS = 10;

  @TempDir Path directory;

  private SegmentLogStorage storage;

  @BeforeEach
  void write() throws IOException {
    storage = SegmentLogStorage.open(directory, OPTIONS);
    for (int segment = 0; segment < SEGMENTS; segment++) {
      List<LogRecord> records = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        records.add(
            new LogRecord(
                1_000L * segment + i,
                9,
                "segment " + segment + " row " + i,
                List.of(new Field("host", "h"))));
      }
      storage.append(Batches.of(records.toArray(LogRecord[]::new))).join();
      storage.flushAll();
    }
  }

  @AfterEach
  void close() throws IOException {
    storage.close();
  }

  private List<Path> files() throws IOException {
    try (var files = Files.walk(directory.resolve("records"))) {
      return files.filter((file) -> file.toString().endsWith(".seg")).sorted().toList();
    }
  }

  /** Flips bits of the messages of a segment. */
  private Path damage(int index) throws IOException {
    Path path = files().get(index);
    long at;
    try (SegmentReader reader = SegmentReader.open(path)) {
      at = SegmentContents.messageOffset(reader);
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(at);
      int before = file.read();
      file.seek(at);
      file.write(before ^ 0x55);
    }
    return path;
  }

  private List<String> messages(ScanRequest request) throws IOException {
    List<String> found = new ArrayList<>();
    storage.scan(
        request,
        (batch, rows, worker) -> {
          batch.select(rows).records().forEach((record) -> found.add(record.message()));
          return true;
        });
    return found;
  }

  @Test
  void scan_ofADamagedBlock_skipsAndReportsIt() throws IOException {
    Path file = damage(2);
    for (ScanRequest.Order order : ScanRequest.Order.values()) {
      ScanRequest request = ScanRequest.all().inOrder(order);
      assertThat(messages(request))
          .hasSize((SEGMENTS - 1) * ROWS)
          .noneMatch((message) -> message.startsWith("segment 2"));
      assertThat(request.trace().damage()).singleElement().asString().contains(file.toString());
    }
    assertThat(storage.damage()).singleElement().asString().contains(file.toString());
    ScanRequest elsewhere = ScanRequest.all().between(3_000, 3_999);
    assertThat(messages(elsewhere)).hasSize(ROWS);
  }

  @Test
  void scan_ofATruncatedFile_findsTheRest() throws IOException {
    Path file = files().get(1);
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(0);
    }
    ScanRequest request = ScanRequest.all();
    assertThat(messages(request)).hasSize((SEGMENTS - 1) * ROWS);
    assertThat(request.trace().damage())
        .isNotEmpty()
        .allMatch((at) -> at.contains(file.toString()));
  }

  @Test
  void damagedColumns_readAfterTheSelection_areEmpty() throws IOException {
    damage(2);
    List<LogRecord> found = new ArrayList<>();
    ScanRequest request = ScanRequest.all();
    List<RecordBatch> kept = new ArrayList<>();
    storage.scan(
        request,
        new BatchConsumer() {
          @Override
          public boolean accept(RecordBatch batch, Bitmap rows, int worker) {
            kept.add(batch);
            return true;
          }

          @Override
          public void end() {
            for (RecordBatch batch : kept) {
              for (int row = 0; row < batch.size(); row++) {
                found.add(new LogRecord(0, 0, batch.column(Field.MESSAGE).text(row), List.of()));
              }
            }
          }
        });
    assertThat(found).hasSize(SEGMENTS * ROWS);
    assertThat(found).filteredOn((record) -> record.message().isEmpty()).hasSize(ROWS);
    assertThat(request.trace().damage()).hasSize(1);
  }

  @Test
  void scan_whenTheConsumerFails_throwsItsIoException() {
    assertThatThrownBy(
            () ->
                storage.scan(
                    ScanRequest.all(),
                    (batch, rows, worker) -> {
                      throw new UncheckedIOException(new IOException("gone"));
                    }))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("gone");
  }

  @Test
  void delete_withADamagedSegment_deletesFromTheRestAndReportsIt() throws IOException {
    Path file = damage(2);
    ScanRequest half =
        ScanRequest.all()
            .where(
                (batch, rows) -> {
                  for (int row = 0; row < ROWS / 2; row++) {
                    rows.clear(row);
                  }
                });
    int deleted = (SEGMENTS - 1) * ROWS / 2;
    assertThatThrownBy(() -> storage.delete(half))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(deleted + " records", "from 1 segments", file.toString());
    assertThat(messages(ScanRequest.all())).hasSize(deleted);
    assertThat(file).exists();
    assertThat(storage.damage()).hasSize(1);
    // Dropping a whole segment does not read it.
    storage.delete(ScanRequest.all());
    assertThat(storage.stats().records()).isZero();
  }

  @Test
  void merge_withADamagedSegment_mergesTheOthers() throws IOException {
    Path file = damage(2);
    storage.close();
    storage = SegmentLogStorage.open(directory, OPTIONS.withMergeFan(3));
    int merges = 0;
    while (storage.mergeOnce()) {
      assertThat(++merges).isLessThan(10);
    }
    assertThat(files()).hasSizeLessThan(SEGMENTS).contains(file);
    assertThat(messages(ScanRequest.all())).hasSize((SEGMENTS - 1) * ROWS);
    assertThat(storage.damage()).isNotEmpty().allMatch((at) -> at.contains(file.toString()));
  }

  @Test
  void dropByAge_dropsDamagedSegments() throws IOException {
    Path file = damage(2);
    assertThat(storage.dropBefore(10_000)).isEqualTo(SEGMENTS * ROWS);
    assertThat(file).doesNotExist();
  }
}
