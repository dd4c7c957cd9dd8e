package io.logcaster.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.storage.Batches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchMergeTest {

  static Stream<Long> seeds() {
    return Seeds.with(1, 2, 3, 4, 5, 6, 7, 8).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void rowsOfSeveralBatches_areGroupedByStream_andKeepTheirValuesAndOrder(long seed) {
    Random random = new Random(seed);
    List<RecordBatch> batches = new ArrayList<>();
    List<int[]> rows = new ArrayList<>();
    Map<String, List<String>> expected = new LinkedHashMap<>();
    int count = 1 + random.nextInt(5);
    for (int b = 0; b < count; b++) {
      RecordBatch batch = batch(random);
      int[] picked =
          IntStream.range(0, batch.size()).filter((row) -> random.nextInt(3) > 0).toArray();
      batches.add(batch);
      rows.add(picked);
      for (int row : picked) {
        expected
            .computeIfAbsent(batch.stream(batch.streamOrdinal(row)).id(), (id) -> new ArrayList<>())
            .add(text(batch.record(row)));
      }
    }

    RecordBatch merged = RecordBatch.merge(batches, rows);

    Map<String, List<String>> found = new LinkedHashMap<>();
    String last = "";
    for (int row = 0; row < merged.size(); row++) {
      String stream = merged.stream(merged.streamOrdinal(row)).id();
      assertThat(stream.equals(last) || !found.containsKey(stream))
          .as("stream %s is in one piece, %s", stream, Seeds.told(seed))
          .isTrue();
      found.computeIfAbsent(stream, (id) -> new ArrayList<>()).add(text(merged.record(row)));
      last = stream;
    }
    assertThat(found).as(Seeds.told(seed)).isEqualTo(expected);
    assertThat(merged.fieldNames())
        .as("no columns without a value, %s", Seeds.told(seed))
        .allMatch(
            (name) ->
                IntStream.range(0, merged.size())
                    .anyMatch((row) -> !merged.column(name).isEmpty(row)));
  }

  /** Fields in the order of their names, because batches may have them in any. */
  private static String text(LogRecord record) {
    List<Field> fields = new ArrayList<>(record.fields());
    fields.sort(Comparator.comparing(Field::name));
    return record.time() + " " + record.severity() + " " + record.message() + " " + fields;
  }

  /** With constant, few and many values, and without some fields. */
  private static RecordBatch batch(Random random) {
    int size = random.nextInt(400);
    boolean hasUser = random.nextBoolean();
    int codes = random.nextBoolean() ? 5 : 400;
    LogRecord[] records = new LogRecord[size];
    for (int row = 0; row < size; row++) {
      List<Field> fields = new ArrayList<>();
      fields.add(new Field("host", "h" + random.nextInt(7)));
      if (random.nextInt(10) > 0) {
        fields.add(new Field("app", "app"));
      }
      if (hasUser && random.nextBoolean()) {
        fields.add(new Field("user", "user-" + random.nextInt(1_000_000)));
      }
      fields.add(new Field("code", "c" + random.nextInt(codes)));
      records[row] =
          new LogRecord(
              1_700_000_000_000_000_000L + random.nextInt(1_000_000),
              random.nextInt(25),
              "message " + random.nextInt(),
              fields);
    }
    return Batches.of(records);
  }
}
