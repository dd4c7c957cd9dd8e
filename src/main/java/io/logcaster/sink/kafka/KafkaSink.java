package io.logcaster.sink.kafka;

import io.logcaster.record.Column;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordJson;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkException;
import io.logcaster.system.AddressGuard;
import io.logcaster.system.ConnectionTrouble;
import io.logcaster.system.Printable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends records as messages: the value is the record as the query API prints it, the key its stream
 * and the timestamp its time. The producer is idempotent and waits for all replicas in sync.
 *
 * <p>A producer that failed is closed, and the repeated round gets a new one: the idempotence of
 * Kafka ends with the producer, so that messages of such a round may come twice. The header {@code
 * logcaster-id}, the sink and the place in its queue, tells them apart.
 */
final class KafkaSink implements Sink {

  static final String ID = "logcaster-id";

  /** Enough for several batches on their way to each of some partitions. */
  private static final int BUFFER_BYTES = 16 << 20;

  private static final int BATCH_BYTES = 256 << 10;

  private static final byte[] NO_VALUE = {};

  private final KafkaOptions options;
  private final AddressGuard guard;
  private final Duration timeout;
  private final Clock clock;
  private final String id;
  private final RecordJson json = new RecordJson();
  private @Nullable Producer<byte[], byte[]> producer;
  private Round round = new Round(0);

  /** What is known of a round; the producer's thread reports to it. */
  private static final class Round {

    final long position;
    int written;
    private final Map<Integer, String> refused = new TreeMap<>();
    private boolean hasInvalidBatch;
    private @Nullable Exception failure;

    Round(long position) {
      this.position = position;
    }

    synchronized void done(int index, @Nullable Exception ex) {
      if (ex instanceof RecordTooLargeException) {
        refused.put(index, message(ex));
      } else if (ex instanceof InvalidRecordException || ex instanceof InvalidTimestampException) {
        // The broker refuses whole batches, and does not always say which records it means.
        refused.put(index, message(ex));
        hasInvalidBatch = true;
      } else if (ex != null && failure == null) {
        failure = ex;
      }
    }

    synchronized @Nullable Exception failure() {
      return failure;
    }

    /** Null if all records were taken. */
    synchronized @Nullable SinkException partial() {
      if (refused.isEmpty()) {
        return null;
      }
      String message =
          "The topic refused %d of the records: %s"
              .formatted(refused.size(), refused.values().iterator().next());
      if (hasInvalidBatch && written > 1) {
        // The round is divided until the records that are meant stand alone.
        return SinkException.permanent(message, null);
      }
      return SinkException.partial(message, refused, Map.of(), null);
    }
  }

  KafkaSink(KafkaOptions options, SinkContext context) {
    this.options = options;
    this.guard = context.guard();
    this.timeout = context.timeout();
    this.clock = context.clock();
    this.id = context.id();
  }

  @Override
  public void begin(long position) {
    if (round.written > 0) {
      disconnect(); // messages of the round before may still be on their way
    }
    round = new Round(position);
  }

  @Override
  public void write(RecordBatch batch) throws SinkException {
    try {
      Producer<byte[], byte[]> open = producer();
      byte[][] keys = new byte[batch.streamCount()][];
      Column[] headers =
          options.headers().values().stream().map(batch::column).toArray(Column[]::new);
      json.begin(batch);
      for (int row = 0; row < batch.size(); row++) {
        json.row(row);
        int index = round.written++;
        Round sent = round;
        ProducerRecord<byte[], byte[]> message = message(batch, row, keys, json.take());
        message.headers().add(new RecordHeader(ID, utf8(id + "/" + (round.position + index))));
        int next = 0;
        for (String name : options.headers().keySet()) {
          Column column = headers[next++];
          message
              .headers()
              .add(new RecordHeader(name, column.isEmpty(row) ? NO_VALUE : utf8(column.text(row))));
        }
        Future<?> _ = open.send(message, (metadata, ex) -> sent.done(index, ex));
      }
    } catch (RuntimeException ex) {
      throw failure(ex);
    }
  }

  private ProducerRecord<byte[], byte[]> message(
      RecordBatch batch, int row, byte[][] keys, byte[] value) {
    byte[] key = null;
    if (options.keyed()) {
      int ordinal = batch.streamOrdinal(row);
      key = keys[ordinal];
      if (key == null) {
        key = utf8(batch.stream(ordinal).id());
        keys[ordinal] = key;
      }
    }
    // Brokers refuse times that are an hour ahead; the value has the record's own.
    long millis = Math.clamp(Math.floorDiv(batch.times()[row], 1_000_000L), 0, clock.millis());
    return new ProducerRecord<>(options.topic(), null, millis, key, value);
  }

  @Override
  public void flush() throws SinkException {
    try {
      producer().flush();
    } catch (RuntimeException ex) {
      throw failure(ex);
    }
    Exception failure = round.failure();
    if (failure != null) {
      throw failure(failure);
    }
    SinkException partial = round.partial();
    round = new Round(round.position + round.written);
    if (partial != null) {
      throw partial;
    }
  }

  private Producer<byte[], byte[]> producer() throws SinkException {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      for (KafkaOptions.Broker broker : options.brokers()) {
        check(broker.host(), broker.port());
      }
      open = new KafkaProducer<>(properties());
      producer = open;
      // Brokers name each other; those names are somebody else's.
      for (PartitionInfo partition : open.partitionsFor(options.topic())) {
        Node leader = partition.leader();
        if (leader != null) {
          check(leader.host(), leader.port());
        }
      }
    }
    return open;
  }

  private void check(String host, int port) throws SinkException {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        guard.check(new InetSocketAddress(address, port));
      }
    } catch (IOException ex) {
      disconnect();
      throw SinkException.temporary(
          "The broker cannot be used. " + ConnectionTrouble.of(ex, host, port, timeout), ex);
    }
  }

  private Map<String, Object> properties() {
    Map<String, Object> all = new HashMap<>(options.properties());
    int millis = Math.clamp(timeout.toMillis(), 1_000, Integer.MAX_VALUE);
    all.put("client.id", "logcaster-" + id);
    all.put(
        "bootstrap.servers",
        options.brokers().stream().map(String::valueOf).collect(Collectors.joining(",")));
    all.put("key.serializer", ByteArraySerializer.class);
    all.put("value.serializer", ByteArraySerializer.class);
    all.put("acks", "all");
    all.put("enable.idempotence", true);
    all.put("linger.ms", 5);
    all.put("batch.size", BATCH_BYTES);
    all.put("buffer.memory", BUFFER_BYTES);
    all.put("max.block.ms", millis);
    all.put("request.timeout.ms", Math.max(500, millis / 2));
    all.put("delivery.timeout.ms", Math.max(500, millis / 2) + 500 + millis / 2);
    all.put("reconnect.backoff.max.ms", 2_000);
    all.put("metric.reporters", List.of());
    all.put("enable.metrics.push", false);
    return all;
  }

  private SinkException failure(Exception ex) {
    if (ex instanceof InterruptException) {
      Thread.currentThread().interrupt();
    }
    disconnect();
    // No failure but an outsized message is about records: all others can be mended.
    return SinkException.temporary(
        ex instanceof TimeoutException ? silence(ex) : "Kafka failed: " + message(ex), ex);
  }

  /** The client tries all brokers until the time is over, and does not say what happened. */
  private String silence(Exception ex) {
    return "No broker of %s answered within %d seconds: check the addresses, and that the brokers run (%s)"
        .formatted(
            options.brokers().stream().map(String::valueOf).collect(Collectors.joining(", ")),
            timeout.toSeconds(),
            message(ex));
  }

  private static String message(Exception ex) {
    Throwable cause = ex;
    // "Failed to construct kafka producer" says nothing.
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = Printable.line(String.valueOf(cause.getMessage()));
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void disconnect() {
    Producer<byte[], byte[]> open = producer;
    producer = null;
    round = new Round(0);
    if (open != null) {
      open.close(Duration.ZERO);
    }
  }

  @Override
  public void close() {
    disconnect();
  }
}
