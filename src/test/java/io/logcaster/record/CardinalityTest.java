package io.logcaster.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Behaviour of limits on what senders make up. */
class CardinalityTest {

  private static final long DAY = TimeUnit.DAYS.toNanos(1);

  private static RecordBatchBuilder builder(int streams, int fields) {
    RecordBatchBuilder builder =
        RecordBatch.builder(List.of("host"), new Cardinality(streams, fields));
    builder.arrivalTime(DAY);
    return builder;
  }

  private static void add(RecordBatchBuilder builder, String name, String value) {
    byte[] names = name.getBytes(StandardCharsets.UTF_8);
    byte[] values = value.getBytes(StandardCharsets.UTF_8);
    builder.add(builder.column(names, 0, names.length), values, 0, values.length);
  }

  private static void record(RecordBatchBuilder builder, String host) {
    builder.value(builder.column("host"), host);
    builder.value(RecordBatchBuilder.MESSAGE, "m");
    builder.end();
  }

  @Test
  void stream_beyondTheLimit_sharesTheOverflowStreamAndKeepsItsFields() {
    RecordBatchBuilder builder = builder(2, 100);
    for (int i = 0; i < 5; i++) {
      record(builder, "h" + i);
    }
    record(builder, "h1");
    RecordBatch batch = builder.build();

    assertThat(batch.stream(batch.streamOrdinal(1)).canonical()).isEqualTo("{host=\"h1\"}");
    assertThat(batch.streamOrdinal(5)).isEqualTo(batch.streamOrdinal(1));
    for (int row = 2; row < 5; row++) {
      assertThat(batch.stream(batch.streamOrdinal(row))).isSameAs(Cardinality.OVERFLOW_STREAM);
      assertThat(batch.column("host").text(row)).isEqualTo("h" + row);
    }
    assertThat(builder.overflowedStreams()).isEqualTo(3);
  }

  @Test
  void streams_ofManyBatches_areNeverMoreThanTheLimit() {
    RecordBatchBuilder builder = builder(1000, 100);
    Set<Stream> streams = new HashSet<>();
    for (int i = 0; i < 30_000; i++) {
      record(builder, "host-" + i);
      if (builder.isFull()) {
        RecordBatch batch = builder.build();
        for (int row = 0; row < batch.size(); row++) {
          streams.add(batch.stream(batch.streamOrdinal(row)));
        }
      }
    }
    assertThat(streams).hasSize(1001).contains(Cardinality.OVERFLOW_STREAM);
  }

  @Test
  void streamValues_thatAreVeryLong_countByTheirBytes() {
    RecordBatchBuilder builder = builder(10, 100);
    record(builder, "x".repeat(4000));
    record(builder, "y".repeat(4000));
    record(builder, "z");
    RecordBatch batch = builder.build();

    assertThat(batch.stream(batch.streamOrdinal(1))).isSameAs(Cardinality.OVERFLOW_STREAM);
    assertThat(batch.stream(batch.streamOrdinal(2)).canonical()).isEqualTo("{host=\"z\"}");
  }

  @Test
  void fieldNames_beyondTheLimit_areFoldedIntoOneFieldAndMarked() {
    RecordBatchBuilder builder = builder(10, 2);
    add(builder, "a", "1");
    add(builder, "b", "2");
    add(builder, "c", "a \"quoted\" value");
    add(builder, "d", "4");
    record(builder, "h");
    add(builder, "b", "5");
    record(builder, "h");
    RecordBatch batch = builder.build();

    assertThat(batch.column("a").text(0)).isEqualTo("1");
    assertThat(batch.column("_folded_fields").text(0))
        .isEqualTo("{\"c\":\"a \\\"quoted\\\" value\",\"d\":\"4\"}");
    assertThat(batch.column("_truncated_fields").text(0)).isEqualTo("true");
    assertThat(batch.column("b").text(1)).isEqualTo("5");
    assertThat(batch.column("_folded_fields").isEmpty(1)).isTrue();
    assertThat(builder.overflowedFields()).isEqualTo(1);
  }

  @Test
  void limits_onTheNextDay_beginAnew() {
    RecordBatchBuilder builder = builder(1, 100);
    record(builder, "a");
    record(builder, "b");
    builder.arrivalTime(2 * DAY);
    record(builder, "b");
    RecordBatch batch = builder.build();

    assertThat(batch.stream(batch.streamOrdinal(1))).isSameAs(Cardinality.OVERFLOW_STREAM);
    assertThat(batch.stream(batch.streamOrdinal(2)).canonical()).isEqualTo("{host=\"b\"}");
  }

  @Test
  void memory_ofABatchWithManyStreams_countsThem() {
    RecordBatchBuilder few = builder(100_000, 100);
    RecordBatchBuilder many = builder(100_000, 100);
    for (int i = 0; i < 1000; i++) {
      record(few, "host-0000");
      record(many, "host-" + (1000 + i));
    }
    assertThat(many.memoryBytes()).isGreaterThan(few.memoryBytes() + 1000 * 400);
    assertThat(many.build().memoryBytes()).isGreaterThan(few.build().memoryBytes() + 1000 * 400);
  }

  @Test
  void forget_betweenBatches_givesMemoryBackAndKeepsNumbers() {
    RecordBatchBuilder builder = builder(100_000, 5000);
    int host = builder.column("host");
    long before = builder.memoryBytes();
    for (int i = 0; i < 900; i++) {
      add(builder, "field" + i, "value");
      record(builder, "host" + i);
    }
    RecordBatch _ = builder.build();
    builder.forget();

    assertThat(builder.memoryBytes()).isLessThan(before + 10_000);
    assertThat(builder.column("host")).isEqualTo(host);
    add(builder, "field7", "value");
    record(builder, "host7");
    RecordBatch batch = builder.build();
    assertThat(batch.column("field7").text(0)).isEqualTo("value");
    assertThat(batch.stream(batch.streamOrdinal(0)).canonical()).isEqualTo("{host=\"host7\"}");
  }
}
