package io.logcaster.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RecordJsonTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));

  @Test
  void row_printsBuiltInFieldsFirstAndLeavesOutAbsentOnes() {
    add(1_763_717_400_123_456_789L, "started", Map.of("app", "shop"));
    add(1_763_717_400_000_000_000L, "", Map.of("user", "7"));
    RecordBatch batch = builder.build();
    Stream shop = batch.stream(batch.streamOrdinal(0));

    assertThat(print(batch, 0))
        .isEqualTo(
            "{\"_time\":\"2025-11-21T09:30:00.123456789Z\",\"_stream_id\":\""
                + shop.id()
                + "\",\"_stream\":\"{app=\\\"shop\\\"}\",\"_msg\":\"started\",\"app\":\"shop\"}");
    assertThat(print(batch, 1))
        .isEqualTo(
            "{\"_time\":\"2025-11-21T09:30:00Z\",\"_stream_id\":\""
                + Stream.EMPTY.id()
                + "\",\"_stream\":\"{}\",\"user\":\"7\"}");
  }

  @Test
  void row_afterAnotherBatchWithOtherColumns_printsItsOwnNames() {
    add(1, "one", Map.of("a", "1"));
    RecordBatch first = builder.build();
    RecordBatchBuilder other = RecordBatch.builder(List.of());
    other.value(other.column("b"), "2");
    other.end();
    RecordBatch second = other.build();
    RecordJson json = new RecordJson();
    json.begin(first);
    json.row(0);
    json.take();

    json.begin(second);
    json.row(0);

    assertThat(text(json.take())).endsWith(",\"b\":\"2\"}");
  }

  @Test
  void row_beforeABatch_saysWhatIsMissing() {
    assertThatThrownBy(() -> new RecordJson().row(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("begin(batch)");
  }

  @Property(tries = 300)
  void row_ofAnyText_isReadBackByAJsonParser(@ForAll @Size(min = 1, max = 5) List<String> texts) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String text : texts) {
      fields.put("f" + text, text);
    }
    add(0, texts.getFirst(), fields);
    RecordBatch batch = builder.build();
    LogRecord record = batch.record(0);

    Map<?, ?> read = MAPPER.readValue(print(batch, 0), Map.class);

    assertThat(read.get("_msg")).isEqualTo(record.message().isEmpty() ? null : record.message());
    for (Field field : record.fields()) {
      assertThat(read.get(field.name())).isEqualTo(field.value());
    }
  }

  @Test
  void row_ofControlCharactersAndLongText_isEscapedAndWhole() {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      text.append((char) random.nextInt(0x80));
    }
    add(0, text.toString(), Map.of());
    String printed = print(builder.build(), 0);

    assertThat(printed.chars()).allMatch((c) -> c >= ' ');
    assertThat(MAPPER.readValue(printed, Map.class).get("_msg")).isEqualTo(text.toString());
  }

  private void add(long time, String message, Map<String, String> fields) {
    builder.time(time);
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    builder.message(bytes, 0, bytes.length);
    fields.forEach(
        (name, value) -> {
          byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
          builder.value(builder.column(utf8, 0, utf8.length), value);
        });
    builder.end();
  }

  private static String print(RecordBatch batch, int row) {
    RecordJson json = new RecordJson();
    json.begin(batch);
    json.row(row);
    return text(json.take());
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
