package io.logcaster.ingest.kafka;

import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.Protocol;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.gelf.Gelf;
import io.logcaster.ingest.http.OtlpMessages;
import io.logcaster.ingest.text.TextDecoder;
import io.logcaster.ingest.text.TextProtocol;
import io.logcaster.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes records of messages. Not thread-safe. */
final class MessageDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(MessageDecoder.class);

  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** As the OpenTelemetry Collector writes it. */
  private static final byte[] OTLP_BEGIN = "{\"resourceLogs\":[".getBytes(StandardCharsets.UTF_8);

  private final InputContext context;
  private final MessageFormat format;
  private final List<String> headers;
  private final BatchSubmitter submitter;
  private final RecordWriter out;
  private final TextDecoder decoder;
  private final OtlpMessages otlp;
  private final int topic;
  private final int[] columns;

  MessageDecoder(InputContext context, KafkaProperties properties, int maxRecordSize) {
    this.context = context;
    this.format = properties.format();
    this.headers = properties.headers();
    this.submitter = new BatchSubmitter(context, "");
    this.out = submitter.writer();
    Protocol text = format.textProtocol();
    TextProtocol protocol = (text == null) ? null : TextProtocol.of(text);
    TextDecoder any = TextDecoder.ofMessages(out, maxRecordSize);
    this.decoder = (protocol == null) ? any : any.only(protocol);
    this.otlp = new OtlpMessages(out, context.metrics(), maxRecordSize);
    this.topic = out.builder().column("kafka.topic");
    this.columns = headers.stream().mapToInt(out.builder()::column).toArray();
  }

  /** Adds the records of a message to the open batch; one that cannot be read is rejected. */
  void read(ConsumerRecord<byte[], byte[]> message) throws InterruptedException {
    byte[] value = message.value();
    if (value == null) {
      context.metrics().note("empty_message", 1);
      return;
    }
    context.metrics().addBytes(value.length);
    if (submitter.isEmpty()) {
      submitter.arrived();
    }
    if (message.timestamp() >= 0) {
      out.now(message.timestamp() * NANOS_PER_MILLI);
    }
    out.clearExtra();
    out.extra(topic, message.topic().getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < columns.length; i++) {
      Header header = message.headers().lastHeader(headers.get(i));
      if (header != null && header.value() != null) {
        out.extra(columns[i], header.value());
      }
    }
    try {
      if (isOtlp(value)) {
        readOtlp(message, value);
        return;
      }
      boolean gelf = format == MessageFormat.GELF || isGelf(value);
      if (!decoder.single(value, 0, value.length, gelf)) {
        context.metrics().note("empty_message", 1);
      }
    } catch (RuntimeException ex) {
      out.builder().rollback();
      context.metrics().reject("unreadable", 1);
      LOG.error(
          "Message {} of partition {} of the topic '{}' cannot be read and is rejected",
          message.offset(),
          message.partition(),
          message.topic(),
          ex);
    }
  }

  private void readOtlp(ConsumerRecord<byte[], byte[]> message, byte[] value)
      throws InterruptedException {
    String wrong = otlp.read(value, format != MessageFormat.OTLP_PROTO);
    if (wrong != null) {
      LOG.warn(
          "Message {} of partition {} of the topic '{}' is no request of OTLP: {}",
          message.offset(),
          message.partition(),
          message.topic(),
          wrong);
    }
  }

  private boolean isOtlp(byte[] value) {
    return switch (format) {
      case OTLP_PROTO, OTLP_JSON -> true;
      case AUTO -> beginsWith(value, OTLP_BEGIN);
      case JSON, RAW, SYSLOG, GELF -> false;
    };
  }

  private static boolean beginsWith(byte[] value, byte[] begin) {
    return value.length >= begin.length
        && Arrays.equals(value, 0, begin.length, begin, 0, begin.length);
  }

  private boolean isGelf(byte[] value) {
    return format == MessageFormat.AUTO
        && value.length > 0
        && value[0] == '{'
        && Gelf.isGelf(value, 0, value.length);
  }

  boolean isFull() {
    return submitter.isLarge();
  }

  boolean isEmpty() {
    return submitter.isEmpty();
  }

  /** Removes and returns the open batch, which must not be empty. */
  RecordBatch build() {
    return submitter.build();
  }
}
