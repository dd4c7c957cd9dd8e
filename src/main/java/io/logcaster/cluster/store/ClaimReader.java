package io.logcaster.cluster.store;

import io.logcaster.cluster.consumer.GroupPartition;
import io.logcaster.cluster.log.ClusterProperties;
import io.logcaster.ingest.InputContext;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads claimed messages again, beside the consumer group: their partitions may belong to other
 * nodes by now. Connects only when there is something to read.
 */
final class ClaimReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimReader.class);

  private static final Duration POLL = Duration.ofMillis(200);

  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String whose;
  private final ClusterProperties cluster;
  private final InputContext context;
  private final MessageStore messages;
  private final Map<TopicPartition, Long> expired;
  private final BooleanSupplier isOpen;
  private @Nullable KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param whose who took the messages, such as "which this node had claimed", for the log
   * @param expired the offsets behind messages that were counted as lost; shared by all readers
   */
  ClaimReader(
      String whose,
      ClusterProperties cluster,
      InputContext context,
      MessageStore messages,
      Map<TopicPartition, Long> expired,
      BooleanSupplier isOpen) {
    this.whose = whose;
    this.cluster = cluster;
    this.context = context;
    this.messages = messages;
    this.expired = expired;
    this.isOpen = isOpen;
  }

  /**
   * Stores the messages of a claim that the storage lacks, and waits until they are durable.
   *
   * @throws IOException if one could not be stored
   */
  void settle(TopicPartition where, String client, Claims.Range claim)
      throws IOException, InterruptedException {
    long last = context.intake().lastDelivery(client);
    long from = Math.max(Math.max(claim.first(), last + 1), expired.getOrDefault(where, 0L));
    if (from > claim.last()) {
      return;
    }
    LOG.info("Storing messages {} to {} of {}, {}", from, claim.last(), where, whose);
    GroupPartition partition = new GroupPartition(client, last, from);
    KafkaConsumer<byte[], byte[]> reading = consumer();
    reading.assign(List.of(where));
    reading.seek(where, from);
    while (reading.position(where) <= claim.last()) {
      if (!isOpen.getAsBoolean()) {
        throw new IOException("The server is stopping");
      }
      try {
        for (ConsumerRecord<byte[], byte[]> message : reading.poll(POLL)) {
          if (message.offset() <= claim.last()) {
            messages.store(partition, message);
          }
        }
      } catch (OffsetOutOfRangeException ex) {
        skipExpired(reading, where, claim.last());
      }
    }
    boolean ended;
    do {
      ended = partition.await(WAIT_NANOS);
    } while (!ended && isOpen.getAsBoolean());
    if (!partition.isSettled()) {
      throw new IOException("Messages of " + where + ", " + whose + ", could not be stored");
    }
  }

  /** Goes on behind claimed messages that the topic no longer has. */
  private void skipExpired(KafkaConsumer<byte[], byte[]> reading, TopicPartition where, long last) {
    long next = reading.position(where);
    long first = Objects.requireNonNull(reading.beginningOffsets(List.of(where)).get(where));
    long end = (first > next) ? Math.min(first, last + 1) : last + 1;
    context.metrics().drop("expired", end - next);
    LOG.error(
        "{} messages of {}, {}, are lost: the topic kept them for too short a time. Raise its"
            + " retention",
        end - next,
        where,
        whose);
    expired.put(where, end);
    reading.seek(where, end);
  }

  private KafkaConsumer<byte[], byte[]> consumer() throws IOException {
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open == null) {
      Map<String, Object> settings = new HashMap<>(cluster.clientSettings());
      settings.put("key.deserializer", ByteArrayDeserializer.class);
      settings.put("value.deserializer", ByteArrayDeserializer.class);
      settings.put("enable.auto.commit", false);
      settings.put("auto.offset.reset", "none");
      settings.put("isolation.level", "read_committed");
      open = new KafkaConsumer<>(settings);
      consumer = open;
    }
    return open;
  }

  @Override
  public void close() {
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.close();
    }
  }
}
