package io.logcaster.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordBatchBuilderTest {

  private final RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));

  @Test
  void build_givesBackWhatWasSet() {
    int host = this.builder.column("host");
    this.builder.time(42);
    this.builder.severity(Severity.WARN);
    this.builder.value(RecordBatchBuilder.MESSAGE, "hello");
    this.builder.value(host, "web-1");
    dynamic("status", "200");
    this.builder.end();
    assertThat(this.builder.build().records())
        .containsExactly(
            new LogRecord(
                42,
                Severity.WARN,
                "hello",
                List.of(new Field("host", "web-1"), new Field("status", "200"))));
  }

  @Test
  void end_withoutATime_takesTheArrivalTime() {
    this.builder.arrivalTime(7);
    this.builder.end();
    this.builder.time(9);
    this.builder.end();
    this.builder.end();
    assertThat(this.builder.build().times()).startsWith(7, 9, 7);
  }

  @Test
  void value_setTwice_keepsTheLast() {
    dynamic("a", "first and long");
    dynamic("b", "x");
    dynamic("a", "2");
    this.builder.end();
    dynamic("a", "y");
    dynamic("a", "");
    this.builder.end();
    RecordBatch batch = this.builder.build();
    assertThat(batch.column("a").text(0)).isEqualTo("2");
    assertThat(batch.column("a").text(1)).isEmpty();
    assertThat(batch.column("b").text(0)).isEqualTo("x");
  }

  @Test
  void rollback_leavesNoTraceOfTheRecord() {
    dynamic("a", "kept");
    this.builder.end();
    dynamic("a", "gone");
    dynamic("z", "gone");
    this.builder.time(5);
    long bytes = this.builder.bytes();
    this.builder.rollback();
    assertThat(this.builder.bytes()).isLessThan(bytes);
    this.builder.arrivalTime(1);
    dynamic("a", "next");
    this.builder.end();
    RecordBatch batch = this.builder.build();
    assertThat(batch.fieldNames()).containsExactly("a");
    assertThat(batch.records())
        .extracting((record) -> record.value("a"))
        .containsExactly("kept", "next");
    assertThat(batch.times()[1]).isEqualTo(1);
  }

  @Test
  void build_leavesOutARecordThatWasNotEnded() {
    dynamic("a", "kept");
    this.builder.end();
    dynamic("a", "begun");
    this.builder.message(new byte[] {'x'}, 0, 1);
    assertThat(this.builder.build().records()).hasSize(1);
    this.builder.end();
    assertThat(this.builder.build().records()).containsExactly(new LogRecord(0, 0, "", List.of()));
  }

  @Test
  void value_thatIsNotUtf8_isRepairedAndCounted() {
    byte[] broken = {'a', (byte) 0xC3, 'b', (byte) 0xFF};
    this.builder.message(broken, 0, 4);
    this.builder.end();
    assertThat(this.builder.repairedValues()).isEqualTo(1);
    assertThat(this.builder.build().record(0).message()).isEqualTo("a\uFFFDb\uFFFD");
  }

  @Test
  void column_whoseNameIsNotUtf8_isOneColumn() {
    byte[] name = {'n', (byte) 0xFF};
    for (int i = 0; i < 2; i++) {
      this.builder.value(this.builder.column(name, 0, 2), "v" + i);
      this.builder.end();
    }
    RecordBatch batch = this.builder.build();
    assertThat(batch.fieldNames()).containsExactly("n\uFFFD");
    assertThat(batch.column("n\uFFFD").text(1)).isEqualTo("v1");
  }

  @Test
  void stream_isMadeOfTheStreamFields() {
    for (String[] pair :
        new String[][] {{"a", "x"}, {"b", "x"}, {"a", "x"}, {"", "x"}, {"a", ""}, {"", ""}}) {
      dynamic("host", pair[0]);
      dynamic("app", pair[1]);
      this.builder.end();
    }
    RecordBatch batch = this.builder.build();
    List<String> streams = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      streams.add(batch.stream(batch.streamOrdinal(row)).canonical());
    }
    assertThat(streams)
        .containsExactly(
            "{app=\"x\",host=\"a\"}",
            "{app=\"x\",host=\"b\"}",
            "{app=\"x\",host=\"a\"}",
            "{app=\"x\"}",
            "{host=\"a\"}",
            "{}");
    assertThat(batch.streamOrdinal(0)).isEqualTo(batch.streamOrdinal(2));
  }

  @Test
  void isFull_beforeRandomNamesOrLargeValuesFillTheMemory() {
    for (int i = 0; !this.builder.isFull(); i++) {
      dynamic("name-" + i, "v");
      this.builder.end();
    }
    assertThat(this.builder.size()).isEqualTo(RecordBatchBuilder.MAX_COLUMNS);
    this.builder.build();
    byte[] large = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    while (!this.builder.isFull()) {
      this.builder.message(large, 0, large.length);
      this.builder.end();
    }
    assertThat(this.builder.size()).isEqualTo(11);
  }

  @Test
  void builder_reusedOverManyBatches_agreesWithAModel() {
    Random random = new Random(20_261_121);
    for (int round = 0; round < 60; round++) {
      List<Map<String, String>> model = new ArrayList<>();
      int size = random.nextInt(200);
      for (int i = 0; i < size; i++) {
        Map<String, String> record = new TreeMap<>();
        int values = random.nextInt(8);
        for (int v = 0; v < values; v++) {
          String name = "f" + random.nextInt((round % 7 == 0) ? 5_000 : 12);
          String value = "v".repeat(random.nextInt(5)) + random.nextInt(100);
          record.put(name, value);
          dynamic(name, value);
        }
        if (random.nextInt(6) == 0) {
          this.builder.rollback();
        } else {
          this.builder.end();
          model.add(record);
        }
      }
      RecordBatch batch = this.builder.build();
      assertThat(batch.size()).isEqualTo(model.size());
      for (int row = 0; row < model.size(); row++) {
        Map<String, String> found = new TreeMap<>();
        batch.record(row).fields().forEach((field) -> found.put(field.name(), field.value()));
        assertThat(found).isEqualTo(model.get(row));
      }
    }
  }

  @Test
  void select_keepsTheChosenRows() {
    for (int i = 0; i < 100; i++) {
      this.builder.time(i);
      dynamic("host", "h" + i % 3);
      dynamic((i % 2 == 0) ? "even" : "odd", "" + i);
      this.builder.end();
    }
    RecordBatch batch = this.builder.build();
    Bitmap rows = Bitmap.none(100);
    for (int i = 0; i < 100; i += 2) {
      rows.set(i);
    }
    RecordBatch selected = batch.select(rows);
    assertThat(selected.fieldNames()).containsExactly("host", "even");
    for (int i = 0; i < 50; i++) {
      assertThat(selected.record(i)).isEqualTo(batch.record(2 * i));
      assertThat(selected.stream(selected.streamOrdinal(i)))
          .isEqualTo(batch.stream(batch.streamOrdinal(2 * i)));
    }
    assertThat(batch.select(Bitmap.all(100))).isSameAs(batch);
  }

  private void dynamic(String name, String value) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    this.builder.value(this.builder.column(bytes, 0, bytes.length), value);
  }
}
