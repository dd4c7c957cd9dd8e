package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.segment.file.SegmentContents;
import io.logcaster.storage.segment.file.SegmentReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments of earlier format versions stay readable. */
class SegmentVersionsTest {

  @TempDir Path directory = Path.of("");

  private Path resource(String name) throws IOException {
    Path file = directory.resolve(name);
    try (InputStream source =
        Objects.requireNonNull(SegmentVersionsTest.class.getResourceAsStream(name))) {
      Files.copy(source, file);
    }
    return file;
  }

  @Test
  void secondVersion_withoutGroups_isReadAndMerged() throws IOException {
    try (SegmentReader reader = SegmentReader.open(resource("version-2.seg"));
        SegmentReader first = SegmentReader.open(resource("version-1.seg"))) {
      reader.verify();
      assertThat(reader.groupCount()).isZero();
      assertThat(reader.summary(0).counts(Set.of("level"), 0, 0)).isNotNull();
      assertThat(SegmentContents.records(reader)).isEqualTo(SegmentContents.records(first));
      Path merged = directory.resolve("merged");
      List<RecordBatch> batches = SegmentContents.batches(reader);
      batches.addAll(SegmentContents.batches(first));
      SegmentContents.writeGrouped(merged, batches);
      try (SegmentReader now = SegmentReader.open(merged)) {
        now.verify();
        assertThat(now.groupCount()).isEqualTo(1);
        assertThat(SegmentContents.records(now)).isEqualTo(SegmentContents.records(batches));
      }
    }
  }

  @Test
  void firstVersion_withoutCounts_isReadAndMerged() throws IOException {
    try (SegmentReader reader = SegmentReader.open(resource("version-1.seg"))) {
      reader.verify();
      assertThat(reader.info().records()).isEqualTo(200);
      assertThat(reader.summary(0).counts(Set.of("level"), 0, 0)).isNull();
      assertThat(reader.summary(0).counts(Set.of("app", "host"), 0, 0)).isNotNull();
      assertThat(reader.summary(0).counts(Set.of(), 1_000_000_000, 0)).isNull();
      List<RecordBatch> batches = SegmentContents.batches(reader);
      Path merged = directory.resolve("merged");
      SegmentContents.write(merged, batches);
      try (SegmentReader now = SegmentReader.open(merged)) {
        List<LogRecord> records = SegmentContents.records(now);
        assertThat(records).isEqualTo(SegmentContents.records(reader));
        for (int i = 0; i < records.size(); i++) {
          LogRecord record = records.get(i);
          assertThat(record.message())
              .isEqualTo(
                  (i % 3 == 0)
                      ? "user u" + i % 11 + " logged in"
                      : "request " + i + " took " + i * 7 % 90 + " ms");
          assertThat(record.fields())
              .contains(new Field("app", "app-" + i % 3), new Field("ms", "" + i * 7 % 90));
        }
        assertThat(now.summary(0).counts(Set.of("level"), 0, 0)).isNotNull();
      }
    }
  }
}
