package io.logcaster.ingest.kafka;

import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.Protocol;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.gelf.Gelf;
import io.logcaster.ingest.text.TextDecoder;
import io.logcaster.ingest.text.TextProtocol;
import io.logcaster.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes records of messages. Not thread-safe. */
final class MessageDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(MessageDecoder.class);

  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final InputContext context;
  private final Protocol format;
  private final List<String> headers;
  private final BatchSubmitter submitter;
  private final RecordWriter out;
  private final TextDecoder decoder;
  private final int topic;
  private final int[] columns;

  MessageDecoder(InputContext context, KafkaProperties properties, int maxRecordSize) {
    this.context = context;
    this.format = properties.format();
    this.headers = properties.headers();
    this.submitter = new BatchSubmitter(context, "");
    this.out = submitter.writer();
    TextProtocol protocol = TextProtocol.of(format);
    TextDecoder any = TextDecoder.ofMessages(out, maxRecordSize);
    this.decoder = (protocol == null) ? any : any.only(protocol);
    this.topic = out.builder().column("kafka.topic");
    this.columns = headers.stream().mapToInt(out.builder()::column).toArray();
  }

  /** Adds the records of a message to the open batch; one that cannot be read is rejected. */
  void read(ConsumerRecord<byte[], byte[]> message) {
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
      boolean gelf = format == Protocol.GELF || isGelf(value);
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

  private boolean isGelf(byte[] value) {
    return format == Protocol.AUTO
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
