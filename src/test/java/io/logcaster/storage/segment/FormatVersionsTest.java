package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.record.Bitmap;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import io.logcaster.storage.FormatVersionException;
import io.logcaster.storage.RetentionRule;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.segment.file.SegmentFormat;
import io.logcaster.storage.wal.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A directory of another version stays untouched, and segments that an operator put there are kept.
 */
class FormatVersionsTest {

  private static final SegmentOptions OPTIONS =
      new SegmentOptions(Durability.SYNC, 32 << 20, Duration.ofDays(1), 0, 8, 0);

  private static final RowFilter NOTHING = (batch, rows) -> rows.andNot(Bitmap.all(batch.size()));

  @TempDir Path temporary;

  /** A directory with segments and a log, as a killed server leaves it. */
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = temporary.resolve("data");
    Path live = temporary.resolve("live");
    try (SegmentLogStorage storage = SegmentLogStorage.open(live, OPTIONS)) {
      append(storage, 0);
      storage.flushAll();
      storage.apply(
          List.of(new RetentionRule("x", NOTHING, Duration.ofDays(90_000))), Long.MAX_VALUE);
      append(storage, 1);
      storage.flushAll();
      append(storage, 2);
      copy(live, directory);
    }
  }

  private static void append(SegmentLogStorage storage, int number) {
    List<LogRecord> records = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      records.add(
          new LogRecord(
              number * 1_000L + i,
              9,
              "batch " + number + " row " + i,
              List.of(new Field("host", "h"))));
    }
    RecordBatch batch = Batches.of(records.toArray(LogRecord[]::new));
    storage.append(batch.withMark(new DeliveryMark("client", number, number - 1L))).join();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static Map<String, String> contents(Path directory) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (var files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        contents.put(
            directory.relativize(file).toString(),
            Files.isDirectory(file)
                ? "directory"
                : Files.getLastModifiedTime(file)
                    + HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  private static int count(SegmentLogStorage storage) throws IOException {
    int[] count = new int[1];
    storage.scan(
        ScanRequest.all(),
        (batch, rows, worker) -> {
          count[0] += rows.cardinality();
          return true;
        });
    return count[0];
  }

  private Path segment() throws IOException {
    try (var files = Files.walk(directory.resolve("records"))) {
      return files.filter((file) -> file.toString().endsWith(".seg")).sorted().findFirst().get();
    }
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  /** Changes a file's version as if a LogCaster {@code by} versions later had written it. */
  private Path shift(String name, int by) throws IOException {
    Path records = directory.resolve("records");
    return switch (name) {
      case "segment" -> {
        Path file = segment();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int version = (by > 0) ? SegmentFormat.VERSION + by : SegmentFormat.OLDEST_VERSION + by;
        bytes.putInt(8, version).putInt(12, crc(bytes.array(), 12));
        yield Files.write(file, bytes.array());
      }
      case "log" -> {
        Path file = directory.resolve("wal").resolve("0000000001.wal");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        bytes.put(7, (byte) (bytes.get(7) + by)).putInt(24, crc(bytes.array(), 24));
        yield Files.write(file, bytes.array());
      }
      default -> {
        Path file = records.resolve(name);
        String text = Files.readString(file);
        String body =
            text.substring(0, text.indexOf(" 1\n"))
                + ' '
                + (1 + by)
                + text.substring(text.indexOf('\n'), text.lastIndexOf("checksum "));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        yield Files.writeString(
            file, body + "checksum " + HexFormat.of().toHexDigits(crc(bytes, bytes.length)) + "\n");
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "segment, 1", "segment, -1", "log, 1", "log, -1", "log, 3",
    "MANIFEST, 2", "MANIFEST, -1", "MANIFEST.copy, 2", "DELIVERIES, 1", "DELIVERIES, -1",
    "APPLIED_RULES, 1", "WRITTEN_OFF, 1", "WRITTEN_OFF, -1"
  })
  void open_ofAnotherVersion_failsAndChangesNothing(String what, int by) throws IOException {
    Path file = shift(what, by);
    Map<String, String> before = contents(directory);
    assertThatThrownBy(() -> SegmentLogStorage.open(directory, OPTIONS))
        .isInstanceOfSatisfying(
            FormatVersionException.class,
            (ex) -> {
              assertThat(ex.getMessage()).contains(file.toString(), "version", "reads");
              assertThat(ex.isNewer()).isEqualTo(by > 0);
              assertThat(ex.remedy()).contains("Start the LogCaster that wrote");
            });
    assertThat(contents(directory)).isEqualTo(before);
  }

  @Test
  void open_withAnUnnamedSegmentOfAnotherVersion_fails() throws IOException {
    Path file = shift("segment", 1);
    Files.move(file, file.resolveSibling("0000000077-9.seg"));
    Map<String, String> before = contents(directory);
    assertThatThrownBy(() -> SegmentLogStorage.open(directory, OPTIONS))
        .isInstanceOf(FormatVersionException.class)
        .hasMessageContaining("0000000077-9.seg");
    assertThat(contents(directory)).isEqualTo(before);
  }

  @Test
  void open_withASegmentMovedBackFromTheQuarantine_adoptsIt() throws IOException {
    Path file = segment();
    byte[] whole = Files.readAllBytes(file);
    Path kept = directory.resolve("quarantine").resolve(file.getFileName());
    byte[] damaged = whole.clone();
    damaged[damaged.length - 3] ^= 1;
    Files.write(file, damaged);
    try (SegmentLogStorage storage = SegmentLogStorage.open(directory, OPTIONS)) {
      assertThat(storage.damage()).hasSize(1);
      assertThat(count(storage)).isEqualTo(20);
    }
    assertThat(kept).hasBinaryContent(damaged);
    Files.write(file, whole);
    for (int start = 0; start < 2; start++) {
      try (SegmentLogStorage storage = SegmentLogStorage.open(directory, OPTIONS)) {
        assertThat(storage.damage()).isEmpty();
        assertThat(count(storage)).isEqualTo(30);
      }
    }
  }

  @Test
  void open_withADamagedSegmentMovedBack_quarantinesItAgainAndKeepsBothFiles() throws IOException {
    Path file = segment();
    byte[] whole = Files.readAllBytes(file);
    List<byte[]> damaged = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      byte[] bytes = whole.clone();
      bytes[bytes.length - 3] ^= (byte) i;
      damaged.add(bytes);
      Files.write(file, bytes);
      try (SegmentLogStorage storage = SegmentLogStorage.open(directory, OPTIONS)) {
        assertThat(storage.damage()).singleElement().asString().contains(file.getFileName() + "");
        assertThat(count(storage)).isEqualTo(20);
      }
      assertThat(file).doesNotExist();
    }
    Path kept = directory.resolve("quarantine").resolve(file.getFileName());
    assertThat(kept).hasBinaryContent(damaged.get(0));
    assertThat(kept.resolveSibling(kept.getFileName() + ".2")).hasBinaryContent(damaged.get(1));
  }

  @Test
  void open_withACopyOfASegment_findsItsRecordsOnce() throws IOException {
    Path file = segment();
    Path copy = file.resolveSibling("0000000000-1.seg");
    Files.copy(file, copy);
    try (SegmentLogStorage storage = SegmentLogStorage.open(directory, OPTIONS)) {
      assertThat(storage.damage()).singleElement().asString().contains("0000000000-1.seg", "too");
      assertThat(count(storage)).isEqualTo(30);
    }
    assertThat(directory.resolve("quarantine/0000000000-1.seg")).exists();
  }

  @Test
  void open_withASegmentInNoPartition_reportsItAndLeavesItThere() throws IOException {
    Path file = segment();
    Path lost = directory.resolve("records").resolve(file.getFileName());
    Files.copy(file, lost);
    Path other = Files.createDirectories(directory.resolve("records/backup"));
    Files.copy(file, other.resolve("0000000001-1.seg"));
    try (SegmentLogStorage storage = SegmentLogStorage.open(directory, OPTIONS)) {
      assertThat(storage.damage()).hasSize(2).allMatch((what) -> what.contains("no partition"));
      assertThat(count(storage)).isEqualTo(30);
    }
    assertThat(lost).exists();
    assertThat(other.resolve("0000000001-1.seg")).exists();
  }
}
