package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Column;
import io.logcaster.record.DictionaryColumn;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import io.logcaster.storage.BlockCounts;
import io.logcaster.storage.segment.file.SegmentContents;
import io.logcaster.storage.segment.file.SegmentReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts in a block's description are equal to counting its rows. */
class BlockCountsPropertiesTest {

  @Property(tries = 200)
  void counts_equalCountingTheRows(@ForAll long seed) throws IOException {
    SegmentContents.checkBlocks(
        seed, (reader, block) -> check(reader, block, new Random(seed + block)));
  }

  private static void check(SegmentReader reader, int block, Random random) throws IOException {
    RecordBatch batch = reader.read(block);
    List<String> names = new ArrayList<>(batch.fieldNames());
    names.addAll(List.of(Field.MESSAGE, Field.STREAM, Field.STREAM_ID, "nowhere"));
    for (int i = 0; i < 20; i++) {
      Set<String> fields = new HashSet<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        fields.add(names.get(random.nextInt(names.size())));
      }
      BlockCounts counts = reader.summary(block).counts(fields, 0, 0);
      long dictionaries =
          fields.stream()
              .filter((field) -> batch.column(field) instanceof DictionaryColumn)
              .filter((field) -> batch.stream(0).value(field).isEmpty())
              .count();
      boolean plain =
          fields.stream()
              .anyMatch((field) -> !List.of("const", "dict").contains(type(batch, field)));
      if (counts != null) {
        assertThat(tally(counts.cells(), counts.rows(), fields))
            .as(fields.toString())
            .isEqualTo(tally(batch, null, fields));
      } else {
        assertThat(dictionaries > 1 || plain || batch.streamCount() > 1)
            .as("%s must have counts", fields)
            .isTrue();
      }
    }
  }

  private static String type(RecordBatch batch, String field) {
    return batch.column(field).type();
  }

  @Property(tries = 100)
  void countsByTime_equalCountingTheRows(@ForAll long seed) throws IOException {
    SegmentContents.checkBlocks(
        seed,
        (reader, block) -> {
          RecordBatch batch = reader.read(block);
          for (long step : List.of(60L, 900L, 3_600L, 86_400L, 7 * 86_400L, 90L, 7L)) {
            long nanos = step * 1_000_000_000L;
            long offset = (seed % 3) * 15_000_000_000L;
            BlockCounts counts = reader.summary(block).counts(Set.of(), nanos, offset);
            if (counts != null) {
              assertThat(byTime(counts.cells(), counts.rows(), nanos, offset))
                  .isEqualTo(byTime(batch, null, nanos, offset));
            }
          }
        });
  }

  private static Map<Long, Long> byTime(
      RecordBatch batch, long @Nullable [] rows, long step, long offset) {
    Map<Long, Long> counts = new HashMap<>();
    for (int row = 0; row < batch.size(); row++) {
      long at = Math.floorDiv(batch.times()[row] - offset, step);
      counts.merge(at, (rows == null) ? 1 : rows[row], Long::sum);
    }
    return counts;
  }

  @Test
  void rowsOverMinutes_areCountedBySeconds(@TempDir Path directory) throws IOException {
    var builder = RecordBatch.builder(List.of("app"));
    int app = builder.column("app");
    Random random = new Random(8);
    for (int row = 0; row < 3_000; row++) {
      builder.time(1_700_000_000_000_000_000L + random.nextLong(300_000_000_000L));
      builder.value(app, "app-" + random.nextInt(6));
      builder.end();
    }
    Path file = directory.resolve("segment");
    RecordBatch batch = builder.build();
    SegmentContents.write(file, List.of(batch));
    try (SegmentReader reader = SegmentReader.open(file)) {
      for (long step : List.of(1_000_000_000L, 7_000_000_000L, 60_000_000_000L)) {
        BlockCounts counts = reader.summary(0).counts(Set.of("missing"), step, 0);
        assertThat(counts).isNotNull();
        assertThat(byTime(counts.cells(), counts.rows(), step, 0))
            .isEqualTo(byTime(batch, null, step, 0));
      }
      assertThat(reader.summary(0).counts(Set.of(), 60_000_000_000L, 500_000_000L)).isNull();
      assertThat(reader.summary(0).counts(Set.of(), 1_500_000_000L, 0)).isNull();
      assertThat(reader.summary(0).counts(Set.of("app"), 60_000_000_000L, 0)).isNull();
    }
  }

  /** Counts rows by their values. */
  private static Map<String, Long> tally(
      RecordBatch batch, long @Nullable [] rows, Set<String> fields) {
    Map<String, Long> tally = new HashMap<>();
    for (int row = 0; row < batch.size(); row++) {
      assertThat(batch.times()[row]).isBetween(batch.minTime(), batch.maxTime());
      StringBuilder key = new StringBuilder();
      for (String field : fields) {
        Stream stream = batch.stream(batch.streamOrdinal(row));
        Column column = batch.column(field);
        key.append(
                field.equals(Field.STREAM) || field.equals(Field.STREAM_ID)
                    ? stream.canonical()
                    : column.text(row))
            .append('\0');
      }
      tally.merge(key.toString(), (rows == null) ? 1 : rows[row], Long::sum);
    }
    return tally;
  }

  @Test
  void manyStreamsWithManyValues_areCountedTogether(@TempDir Path directory) throws IOException {
    var builder = RecordBatch.builder(List.of("app"));
    int app = builder.column("app");
    int code = builder.column("code");
    Random random = new Random(7);
    for (int row = 0; row < 6_000; row++) {
      builder.time(row);
      builder.value(app, "app-" + random.nextInt(60));
      builder.value(code, "code-" + random.nextInt(40));
      builder.end();
    }
    RecordBatch batch = builder.build();
    Path file = directory.resolve("segment");
    SegmentContents.write(file, List.of(batch));
    try (SegmentReader reader = SegmentReader.open(file)) {
      assertThat(reader.blockCount()).isEqualTo(1);
      BlockCounts counts = reader.summary(0).counts(Set.of("code"), 0, 0);
      assertThat(counts).isNotNull();
      assertThat(tally(counts.cells(), counts.rows(), Set.of("code")))
          .isEqualTo(tally(batch, null, Set.of("code")));
      assertThat(reader.summary(0).counts(Set.of("app", "code"), 0, 0)).isNull();
      assertThat(reader.summary(0).counts(Set.of("app"), 0, 0)).isNotNull();
    }
  }
}
