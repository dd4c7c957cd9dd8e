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
    int host = builder.column("host");
    builder.time(42);
    builder.severity(Severity.WARN);
    builder.value(RecordBatchBuilder.MESSAGE, "hello");
    builder.value(host, "web-1");
    dynamic("status", "200");
    builder.end();
    assertThat(builder.build().records())
        .containsExactly(
            new LogRecord(
                42,
                Severity.WARN,
                "hello",
                List.of(new Field("host", "web-1"), new Field("status", "200"))));
  }

  @Test
  void end_withoutATime_takesTheArrivalTime() {
    builder.arrivalTime(7);
    builder.end();
    builder.time(9);
    builder.end();
    builder.end();
    assertThat(builder.build().times()).startsWith(7, 9, 7);
  }

  @Test
  void value_setTwice_keepsTheLast() {
    dynamic("a", "first and long");
    dynamic("b", "x");
    dynamic("a", "2");
    builder.end();
    dynamic("a", "y");
    dynamic("a", "");
    builder.end();
    RecordBatch batch = builder.build();
    assertThat(batch.column("a").text(0)).isEqualTo("2");
    assertThat(batch.column("a").text(1)).isEmpty();
    assertThat(batch.column("b").text(0)).isEqualTo("x");
  }

  @Test
  void rollback_leavesNoTraceOfTheRecord() {
    dynamic("a", "kept");
    builder.end();
    dynamic("a", "gone");
    dynamic("z", "gone");
    builder.time(5);
    long bytes = builder.bytes();
    builder.rollback();
    assertThat(builder.bytes()).isLessThan(bytes);
    builder.arrivalTime(1);
    dynamic("a", "next");
    builder.end();
    RecordBatch batch = builder.build();
    assertThat(batch.fieldNames()).containsExactly("a");
    assertThat(batch.records())
        .extracting((record) -> record.value("a"))
        .containsExactly("kept", "next");
    assertThat(batch.times()[1]).isEqualTo(1);
  }

  @Test
  void build_leavesOutARecordThatWasNotEnded() {
    dynamic("a", "kept");
    builder.end();
    dynamic("a", "begun");
    builder.message(new byte[] {'x'}, 0, 1);
    assertThat(builder.build().records()).hasSize(1);
    builder.end();
    assertThat(builder.build().records()).containsExactly(new LogRecord(0, 0, "", List.of()));
  }

  @Test
  void value_thatIsNotUtf8_isRepairedAndCounted() {
    byte[] broken = {'a', (byte) 0xC3, 'b', (byte) 0xFF};
    builder.message(broken, 0, 4);
    builder.end();
    assertThat(builder.repairedValues()).isEqualTo(1);
    assertThat(builder.build().record(0).message()).isEqualTo("a\uFFFDb\uFFFD");
  }

  @Test
  void column_whoseNameIsNotUtf8_isOneColumn() {
    byte[] name = {'n', (byte) 0xFF};
    for (int i = 0; i < 2; i++) {
      builder.value(builder.column(name, 0, 2), "v" + i);
      builder.end();
    }
    RecordBatch batch = builder.build();
    assertThat(batch.fieldNames()).containsExactly("n\uFFFD");
    assertThat(batch.column("n\uFFFD").text(1)).isEqualTo("v1");
  }

  @Test
  void stream_isMadeOfTheStreamFields() {
    for (String[] pair :
        new String[][] {{"a", "x"}, {"b", "x"}, {"a", "x"}, {"", "x"}, {"a", ""}, {"", ""}}) {
      dynamic("host", pair[0]);
      dynamic("app", pair[1]);
      builder.end();
    }
    RecordBatch batch = builder.build();
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
  void streams_ofEarlierBatches_areMadeOnce() {
    dynamic("host", "a");
    builder.end();
    RecordBatch first = builder.build();
    dynamic("host", "b");
    builder.end();
    dynamic("host", "a");
    builder.end();
    RecordBatch second = builder.build();
    assertThat(second.stream(second.streamOrdinal(1)))
        .isSameAs(first.stream(first.streamOrdinal(0)));
  }

  @Test
  void streams_ofEarlierBatches_areForgottenWhenTheirValuesAreLarge() {
    byte[] host = "h".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
    int column = builder.column("host");
    List<RecordBatch> batches = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      host[0] = (byte) ('a' + i);
      builder.value(column, host, 0, host.length);
      builder.end();
      RecordBatch batch = builder.build();
      batches.add(batch);
      // Five values of 1 MB are the first to be beyond the 4 MB.
      assertThat(batch.streamCount()).isEqualTo(i % 5 + 1);
      assertThat(batch.stream(batch.streamOrdinal(0)).value("host"))
          .isEqualTo(batch.column("host").text(0));
    }
    for (int i = 0; i < 12; i++) {
      RecordBatch batch = batches.get(i);
      assertThat(batch.stream(batch.streamOrdinal(0)).value("host"))
          .startsWith((char) ('a' + i) + "h");
    }
  }

  @Test
  void streams_ofEarlierBatches_areForgottenWhenTheyAreMany() {
    int largest = 0;
    for (int i = 0; i < 20_000; i++) {
      dynamic("host", "h" + i);
      builder.end();
      if (builder.isFull()) {
        RecordBatch batch = builder.build();
        int last = batch.size() - 1;
        assertThat(batch.stream(batch.streamOrdinal(last)).value("host")).isEqualTo("h" + i);
        largest = Math.max(largest, batch.streamCount());
      }
    }
    assertThat(largest).isEqualTo(3 * RecordBatchBuilder.MAX_RECORDS);
  }

  @Test
  void isFull_beforeRandomNamesOrLargeValuesFillTheMemory() {
    for (int i = 0; !builder.isFull(); i++) {
      dynamic("name-" + i, "v");
      builder.end();
    }
    assertThat(builder.size()).isEqualTo(RecordBatchBuilder.MAX_COLUMNS);
    builder.build();
    byte[] large = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    while (!builder.isFull()) {
      builder.message(large, 0, large.length);
      builder.end();
    }
    assertThat(builder.size()).isEqualTo(11);
  }

  @Test
  void column_namedAfterRecordsNamedOthers_keepsItsNumber() {
    dynamic("early", "1");
    builder.end();
    int late = builder.column("late");
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 900; i++) {
        dynamic("n" + round + "-" + i, "v");
      }
      builder.value(late, "kept " + round);
      builder.end();
      assertThat(builder.build().column("late").text((round == 0) ? 1 : 0))
          .isEqualTo("kept " + round);
      assertThat(builder.column("late")).isEqualTo(late);
    }
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
          builder.rollback();
        } else {
          builder.end();
          model.add(record);
        }
      }
      RecordBatch batch = builder.build();
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
      builder.time(i);
      dynamic("host", "h" + i % 3);
      dynamic((i % 2 == 0) ? "even" : "odd", "" + i);
      builder.end();
    }
    RecordBatch batch = builder.build();
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

  private void added(String name, String value) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    builder.add(builder.column(bytes, 0, bytes.length), text, 0, text.length);
  }

  private Map<String, String> fieldsOfTheOnly() {
    builder.end();
    List<LogRecord> records = builder.build().records();
    assertThat(records).hasSize(1);
    Map<String, String> fields = new TreeMap<>();
    records.getFirst().fields().forEach((field) -> fields.put(field.name(), field.value()));
    return fields;
  }

  @Test
  void add_ofANameThatComesAgain_keepsEveryValue() {
    added("ip", "192.0.2.1");
    added("other", "x");
    added("ip", "192.0.2.129");
    added("same", "y");
    added("same", "y");
    added("ip", "a \"quoted\" one");
    assertThat(fieldsOfTheOnly())
        .containsEntry("ip", "[\"192.0.2.1\",\"192.0.2.129\",\"a \\\"quoted\\\" one\"]")
        .containsEntry("same", "y")
        .doesNotContainKey("_truncated_fields");

    added("ip", "[1]");
    builder.rollback();
    added("ip", "[2]");
    added("ip", "3");
    assertThat(fieldsOfTheOnly()).containsEntry("ip", "[\"[2]\",\"3\"]");
  }

  @Test
  void add_inALaterGroup_winsOverTheEarlierOne() {
    added("a", "resource");
    builder.beginGroup();
    added("a", "record");
    added("a", "twice");
    assertThat(fieldsOfTheOnly()).containsEntry("a", "[\"record\",\"twice\"]");
  }

  @Test
  void longName_isCutBetweenCharacters_andTheRecordMarked() {
    added("ä".repeat(200), "long");
    assertThat(fieldsOfTheOnly())
        .containsEntry("ä".repeat(128), "long")
        .containsEntry("_truncated_fields", "true");
    added("short", "x");
    assertThat(fieldsOfTheOnly()).containsOnlyKeys("short");
    assertThat(builder.truncatedFields()).isEqualTo(1);
  }

  @Test
  void fieldsBeyondTheMost_areFolded_andTheRecordMarked() {
    for (int i = 0; i < 1003; i++) {
      added("f" + i, "v" + i);
    }
    added("f7", "again");
    Map<String, String> fields = fieldsOfTheOnly();
    assertThat(fields)
        .hasSize(1002)
        .containsEntry("f999", "v999")
        .containsEntry("_truncated_fields", "true")
        .containsEntry(
            "_folded_fields",
            "{\"f1000\":\"v1000\",\"f1001\":\"v1001\",\"f1002\":\"v1002\",\"f7\":\"again\"}");
    added("f1001", "next record");
    assertThat(fieldsOfTheOnly()).containsOnlyKeys("f1001");
  }

  @Test
  void foldedFieldsBeyondTheirRoom_areCut_andTheNamesCostNothing() {
    for (int i = 0; i < 100_000; i++) {
      added("random" + i, "value");
    }
    Map<String, String> fields = fieldsOfTheOnly();
    assertThat(fields).containsEntry("_truncated", "true").hasSize(1003);
    assertThat(fields.get("_folded_fields").length()).isBetween(200_000, 1 << 20);
    assertThat(builder.isFull()).isFalse();
  }

  private void dynamic(String name, String value) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    builder.value(builder.column(bytes, 0, bytes.length), value);
  }
}
