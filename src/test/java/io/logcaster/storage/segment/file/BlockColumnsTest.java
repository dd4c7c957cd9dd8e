package io.logcaster.storage.segment.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits blocks with very many columns, as from senders that put data into field names. */
class BlockColumnsTest {

  private static final int BATCHES = 85;

  private static final int FIELDS = 1_000;

  private static final int ROWS = 10;

  @TempDir Path directory;

  @Test
  void blocksOfManyColumns_haveFewRowsAndAllRecords() throws IOException {
    List<RecordBatch> batches = new ArrayList<>();
    for (int batch = 0; batch < BATCHES; batch++) {
      List<LogRecord> records = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        List<Field> fields = new ArrayList<>();
        for (int i = row; i < FIELDS; i += ROWS) {
          fields.add(new Field("b" + batch + "_" + i, "v" + i));
        }
        // Rows of all batches follow each other in time.
        records.add(new LogRecord(row * 1_000L + batch, 9, "m", fields));
      }
      batches.add(Batches.of(records.toArray(LogRecord[]::new)));
    }
    Path file = directory.resolve("a.seg");
    SegmentContents.write(file, batches);
    try (SegmentReader reader = SegmentReader.open(file)) {
      assertThat(reader.blockCount()).isGreaterThan(1);
      for (int block = 0; block < reader.blockCount(); block++) {
        long columns = reader.read(block).fieldNames().size();
        assertThat(columns * reader.rows(block)).isLessThanOrEqualTo(BlockColumns.MAX_CELLS);
      }
      assertThat(SegmentContents.records(reader)).isEqualTo(SegmentContents.records(batches));
    }
  }

  @Test
  void blocksOfFewColumns_needNoCounting() {
    RecordBatch batch =
        Batches.of(new LogRecord(0, 9, "m", List.of(new Field("a", "1"), new Field("b", "2"))));
    assertThat(BlockColumns.of(List.of(batch, batch), 50_000_000)).isNull();
  }
}
