package io.logcaster.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.cluster.KafkaSecurity;
import io.logcaster.cluster.store.StorageIntake;
import io.logcaster.ingest.InputContext;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.storage.InMemoryLogStorage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What each format makes of a message. */
class MessageDecoderTest {

  /**
   * {@code ExportLogsServiceRequest} with the resource {@code service.name=shop} and two records:
   * "paid" with the severity 17, and "sent".
   */
  private static final byte[] REQUEST =
      HexFormat.of()
          .parseHex(
              "0a320a180a160a0c736572766963652e6e616d6512060a0473686f701216120a"
                  + "10112a060a047061696412082a060a0473656e74");

  private final InputMetrics metrics = new InputMetrics("kafka");

  private MessageDecoder decoder(MessageFormat format) {
    InputContext context =
        new InputContext(
            new StorageIntake(new InMemoryLogStorage(1)),
            metrics,
            List.of("app"),
            ZoneOffset.UTC,
            Clock.systemUTC());
    return new MessageDecoder(
        context,
        new KafkaProperties(
            List.of("one:9092"), List.of("logs"), "g", format, List.of(), KafkaSecurity.NONE),
        1 << 16);
  }

  private List<LogRecord> read(MessageFormat format, byte[] message) throws Exception {
    MessageDecoder decoder = decoder(format);
    decoder.read(new ConsumerRecord<>("logs", 0, 0, null, message));
    return decoder.isEmpty() ? List.of() : decoder.build().records();
  }

  private List<LogRecord> read(MessageFormat format, String message) throws Exception {
    return read(format, message.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> fields(LogRecord record) {
    Map<String, String> fields = new TreeMap<>();
    for (Field field : record.fields()) {
      fields.put(field.name(), field.value());
    }
    return fields;
  }

  @Test
  void requestOfOtlp_inProtocolBuffers_becomesItsRecords() throws Exception {
    List<LogRecord> records = read(MessageFormat.OTLP_PROTO, REQUEST);

    assertThat(records).extracting(LogRecord::message).containsExactly("paid", "sent");
    assertThat(fields(records.getFirst()))
        .containsEntry("app", "shop")
        .containsEntry("level", "ERROR")
        .containsEntry("kafka.topic", "logs");
  }

  @Test
  void requestOfOtlp_inJson_isReadAsSuch_evenWhereTheFormatIsDetected() throws Exception {
    String request =
        """
        {"resourceLogs":[{"resource":{"attributes":[
          {"key":"service.name","value":{"stringValue":"shop"}}]},
         "scopeLogs":[{"logRecords":[{"timeUnixNano":"1700000000000000001","severityNumber":17,
          "body":{"stringValue":"paid"}},{"body":{"stringValue":"sent"}}]}]}]}
        """;
    for (MessageFormat format : List.of(MessageFormat.OTLP_JSON, MessageFormat.AUTO)) {
      List<LogRecord> records = read(format, request);

      assertThat(records).extracting(LogRecord::message).containsExactly("paid", "sent");
      assertThat(records.getFirst().time()).isEqualTo(1_700_000_000_000_000_001L);
      assertThat(fields(records.getLast())).containsEntry("app", "shop");
    }
    assertThat(read(MessageFormat.JSON, request)).hasSize(1);
  }

  @Test
  void messageThatIsNoRequestOfOtlp_isRejectedAndCounted() throws Exception {
    assertThat(read(MessageFormat.OTLP_PROTO, "plain text")).isEmpty();
    assertThat(read(MessageFormat.OTLP_JSON, "{\"resourceLogs\":[")).isEmpty();

    assertThat(metrics.rejected()).containsEntry("parse_error", 2L);
  }

  @Test
  void textOfEachProtocol_isReadAsTheFormatSays() throws Exception {
    String syslog = "<34>1 2026-01-02T03:04:05Z web nginx - - - hello";
    String gelf = "{\"version\":\"1.1\",\"host\":\"web\",\"short_message\":\"hello\"}";
    String json = "{\"message\":\"hello\",\"host\":\"web\"}";
    for (MessageFormat format : List.of(MessageFormat.AUTO, MessageFormat.SYSLOG)) {
      assertThat(read(format, syslog).getFirst().message()).isEqualTo("hello");
    }
    for (MessageFormat format : List.of(MessageFormat.AUTO, MessageFormat.GELF)) {
      assertThat(read(format, gelf).getFirst().message()).isEqualTo("hello");
    }
    for (MessageFormat format : List.of(MessageFormat.AUTO, MessageFormat.JSON)) {
      assertThat(read(format, json).getFirst().message()).isEqualTo("hello");
    }
    assertThat(read(MessageFormat.RAW, "hello").getFirst().message()).isEqualTo("hello");
    assertThat(read(MessageFormat.JSON, "no object").getFirst().message()).isEqualTo("no object");
    assertThat(read(MessageFormat.AUTO, "level=warn msg=hello").getFirst().message())
        .isEqualTo("hello");
  }
}
