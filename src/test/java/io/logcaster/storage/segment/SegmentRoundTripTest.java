package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.cli.SampleBatches;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.segment.file.SegmentContents;
import io.logcaster.storage.segment.file.SegmentInfo;
import io.logcaster.storage.segment.file.SegmentReader;
import io.logcaster.storage.segment.file.SegmentWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading a segment restores the records byte for byte. */
class SegmentRoundTripTest {

  @TempDir Path directory = Path.of("");

  @ParameterizedTest
  @EnumSource
  void everyShapeOfLine_isReadUnchanged(SampleBatches.Shape shape) throws IOException {
    List<RecordBatch> batches = SampleBatches.of(shape, 30_000, 1);
    Path file = directory.resolve("a.seg");
    SegmentInfo info = SegmentContents.write(file, batches);
    assertThat(info.records()).isEqualTo(30_000);
    try (SegmentReader reader = SegmentReader.open(file)) {
      assertThat(reader.info()).isEqualTo(info);
      assertThat(SegmentContents.records(reader)).isEqualTo(SegmentContents.records(batches));
      reader.verify();
    }
  }

  @Test
  void write_withoutRows_createsAnEmptySegment() throws IOException {
    Path file = directory.resolve("empty.seg");
    SegmentInfo info = SegmentWriter.write(file, List.of(), List.of());
    try (SegmentReader reader = SegmentReader.open(file)) {
      assertThat(reader.info()).isEqualTo(info);
      assertThat(reader.blockCount()).isZero();
      reader.verify();
    }
  }
}
