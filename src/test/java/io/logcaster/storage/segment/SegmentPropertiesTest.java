package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Tokens;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import io.logcaster.storage.segment.file.RandomBatches;
import io.logcaster.storage.segment.file.SegmentContents;
import io.logcaster.storage.segment.file.SegmentInfo;
import io.logcaster.storage.segment.file.SegmentReader;
import io.logcaster.storage.segment.file.SegmentWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

class SegmentPropertiesTest {

  private Path directory = Path.of("");

  @BeforeTry
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("segments");
  }

  @AfterTry
  void deleteDirectory() throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  @Property(tries = 150)
  void everyRecord_isReadUnchanged(@ForAll long seed) throws IOException {
    List<RecordBatch> batches = RandomBatches.of(seed);
    Path file = directory.resolve("a");
    SegmentInfo info = SegmentContents.write(file, batches);
    try (SegmentReader reader = SegmentReader.open(file)) {
      assertThat(reader.info()).isEqualTo(info);
      assertThat(SegmentContents.records(reader)).isEqualTo(SegmentContents.records(batches));
      reader.verify();
    }
  }

  @Property(tries = 60)
  void rowsOfSegments_selectedAndRewritten_areReadUnchanged(@ForAll long seed) throws IOException {
    List<RecordBatch> first = RandomBatches.of(seed);
    List<RecordBatch> second = RandomBatches.of(seed + 1);
    SegmentContents.write(directory.resolve("a"), first);
    SegmentContents.write(directory.resolve("b"), second);
    Random random = new Random(seed);
    try (SegmentReader a = SegmentReader.open(directory.resolve("a"));
        SegmentReader b = SegmentReader.open(directory.resolve("b"))) {
      List<RecordBatch> batches = new ArrayList<>(SegmentContents.batches(a));
      batches.addAll(SegmentContents.batches(b));
      List<Bitmap> keep = new ArrayList<>();
      List<RecordBatch> expected = new ArrayList<>();
      for (RecordBatch batch : batches) {
        Bitmap rows = Bitmap.all(batch.size());
        if (random.nextBoolean()) {
          for (int row = 0; row < batch.size(); row++) {
            if (random.nextInt(3) == 0) {
              rows.clear(row);
            }
          }
          keep.add(rows);
        } else {
          keep.add(null);
        }
        expected.add(batch.select(rows));
      }
      SegmentWriter.write(directory.resolve("c"), batches, keep);
      try (SegmentReader merged = SegmentReader.open(directory.resolve("c"))) {
        assertThat(SegmentContents.records(merged)).isEqualTo(SegmentContents.records(expected));
      }
    }
  }

  @Property(tries = 100)
  void rows_areSortedByStreamAndTime(@ForAll long seed) throws IOException {
    Path file = directory.resolve("a");
    SegmentContents.write(file, RandomBatches.of(seed));
    try (SegmentReader reader = SegmentReader.open(file)) {
      String stream = "";
      long time = Long.MIN_VALUE;
      for (int block = 0; block < reader.blockCount(); block++) {
        RecordBatch batch = reader.read(block);
        for (int row = 0; row < batch.size(); row++) {
          String next = batch.stream(batch.streamOrdinal(row)).canonical();
          if (next.equals(stream)) {
            assertThat(batch.times()[row]).isGreaterThanOrEqualTo(time);
          } else {
            assertThat(next).isGreaterThan(stream.isEmpty() ? "" : stream);
          }
          stream = next;
          time = batch.times()[row];
        }
      }
    }
  }

  @Property(tries = 100)
  void summary_neverDeniesWhatABlockHas(@ForAll long seed) throws IOException {
    Path file = directory.resolve("a");
    SegmentContents.write(file, RandomBatches.of(seed));
    try (SegmentReader reader = SegmentReader.open(file)) {
      for (int block = 0; block < reader.blockCount(); block++) {
        RecordBatch batch = reader.read(block);
        BlockSummary summary = reader.summary(block);
        assertThat(summary.rows()).isEqualTo(batch.size());
        Set<String> names = new TreeSet<>(batch.fieldNames());
        names.add(Field.MESSAGE);
        for (int row = 0; row < batch.size(); row++) {
          assertThat(batch.times()[row]).isBetween(summary.minTime(), summary.maxTime());
          if (summary.stream() != null) {
            assertThat(batch.stream(batch.streamOrdinal(row))).isEqualTo(summary.stream());
          }
        }
        for (String name : names) {
          check(summary.column(name), batch.column(name), batch.size());
        }
        assertThat(summary.column("no such field").mayHaveValue()).isFalse();
      }
    }
  }

  private static void check(ColumnSummary summary, Column column, int rows) {
    for (int row = 0; row < rows; row++) {
      if (column.isEmpty(row)) {
        admits(summary.mayBeEmpty(), "emptiness", column, row);
        continue;
      }
      admits(summary.mayHaveValue(), "a value", column, row);
      int at = row;
      Tokens.visit(
          column.bytes(),
          column.start(row),
          column.end(row),
          (bytes, from, to) ->
              admits(summary.mayContainToken(Tokens.hash(bytes, from, to)), "a word", column, at));
      try {
        double number = Double.parseDouble(column.text(row));
        admits(summary.mayContainNumber(number, number), "a number", column, row);
      } catch (NumberFormatException ex) {
        // not a number
      }
    }
  }

  /** An assertion for millions of words that builds its description only on failure. */
  private static void admits(boolean admitted, String what, Column column, int row) {
    if (!admitted) {
      fail("%s in row %d of %s is denied: '%s'", what, row, column.name(), column.text(row));
    }
  }

  @Property(tries = 30)
  void unusedRecords_areNotReturned(@ForAll long seed) throws IOException {
    List<RecordBatch> batches = RandomBatches.of(seed);
    List<Bitmap> none = new ArrayList<>();
    batches.forEach((batch) -> none.add(Bitmap.none(batch.size())));
    Path file = directory.resolve("a");
    assertThat(SegmentWriter.write(file, batches, none).records()).isZero();
    try (SegmentReader reader = SegmentReader.open(file)) {
      assertThat(SegmentContents.records(reader)).isEqualTo(List.<LogRecord>of());
    }
  }
}
