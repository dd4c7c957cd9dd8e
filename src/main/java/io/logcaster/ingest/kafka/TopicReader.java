package io.logcaster.ingest.kafka;

import io.logcaster.cluster.KafkaHeartbeat;
import io.logcaster.ingest.InputContext;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads the partitions that the consumer group gives to this node. Each batch carries a {@link
 * DeliveryMark} with the offset of its last message, which becomes durable together with its
 * records: reading begins behind the last one that the storage has, so that whatever is killed, a
 * storage finds each message once. The group's offset follows, and never passes what is stored.
 *
 * <p>Handing in waits while the pipeline is full, and a fetch is bounded, so memory is. One thread
 * uses it, except where noted.
 */
final class TopicReader implements AutoCloseable, ConsumerRebalanceListener {

  private static final Duration POLL = Duration.ofMillis(200);

  private static final long REVOKE_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final KafkaProperties properties;
  private final Map<String, String> topicIds;
  private final InputContext context;
  private final BooleanSupplier isOpen;
  private final MessageDecoder decoder;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaHeartbeat heartbeat;
  private final Map<TopicPartition, ReadPartition> partitions = new HashMap<>();

  /** Partitions that went to other nodes while batches of them were on their way. */
  private final List<ReadPartition> lost = new ArrayList<>();

  private long lastCommit = System.nanoTime();
  private volatile boolean connected;
  private volatile long lag = -1;

  /**
   * @param topicIds the identities of the topics, which those created anew do not have
   */
  TopicReader(
      KafkaProperties properties,
      Map<String, String> topicIds,
      InputContext context,
      MessageDecoder decoder,
      BooleanSupplier isOpen)
      throws IOException {
    this.properties = properties;
    this.topicIds = topicIds;
    this.context = context;
    this.decoder = decoder;
    this.isOpen = isOpen;
    this.consumer = new KafkaConsumer<>(properties.consumerSettings());
    this.heartbeat = new KafkaHeartbeat(consumer);
  }

  /** Reads until the input is closed. */
  void run() throws InterruptedException {
    consumer.subscribe(properties.topics(), this);
    try {
      while (isOpen.getAsBoolean()) {
        round();
      }
    } catch (WakeupException ex) {
      // It was woken up to stop.
    }
    for (ReadPartition partition : partitions.values()) {
      partition.await(REVOKE_NANOS);
    }
    commit(List.copyOf(partitions.keySet()));
  }

  private void round() throws InterruptedException {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
    for (TopicPartition where : polled.partitions()) {
      ReadPartition partition = partitions.get(where);
      if (partition != null) {
        read(partition, polled.records(where));
      }
    }
    for (Map.Entry<TopicPartition, ReadPartition> entry : partitions.entrySet()) {
      if (!entry.getValue().settle()) {
        rewind(entry.getKey(), entry.getValue());
      }
    }
    if (System.nanoTime() - lastCommit > COMMIT_NANOS) {
      lastCommit = System.nanoTime();
      commit(List.copyOf(partitions.keySet()));
      connected = heartbeat.isFresh();
    }
    lag =
        partitions.keySet().stream()
            .mapToLong((where) -> consumer.currentLag(where).orElse(0))
            .sum();
  }

  private void read(ReadPartition partition, List<ConsumerRecord<byte[], byte[]>> messages)
      throws InterruptedException {
    long first = partition.next;
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      if (message.offset() > partition.last) {
        decoder.read(message);
        if (decoder.isFull()) {
          handIn(partition, first, message.offset());
          first = message.offset() + 1;
        }
      }
    }
    long end = messages.getLast().offset();
    if (!decoder.isEmpty()) {
      handIn(partition, first, end);
    }
    partition.next = end + 1;
  }

  private void handIn(ReadPartition partition, long first, long offset)
      throws InterruptedException {
    RecordBatch batch =
        decoder.build().withMark(new DeliveryMark(partition.client, offset, partition.last));
    partition.handedIn(first, offset, context.intake().submit(batch, context.metrics()));
  }

  /** Reads again what could not be stored. */
  private void rewind(TopicPartition where, ReadPartition partition) throws InterruptedException {
    awaitAll(partition);
    partition.rewind(context.intake().lastDelivery(partition.client));
    consumer.seek(where, partition.next);
    TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
  }

  private void awaitAll(ReadPartition partition) throws InterruptedException {
    while (!partition.await(REVOKE_NANOS) && isOpen.getAsBoolean()) {
      // It waits for the storage.
    }
  }

  private void commit(Collection<TopicPartition> which) throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition where : which) {
      ReadPartition partition = partitions.get(where);
      if (partition != null && partition.settle() && partition.stored() != partition.committed) {
        offsets.put(where, new OffsetAndMetadata(partition.stored()));
      }
    }
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets, Duration.ofSeconds(5));
      offsets.forEach(
          (where, offset) ->
              Objects.requireNonNull(partitions.get(where)).committed = offset.offset());
    } catch (CommitFailedException | RebalanceInProgressException | TimeoutException ex) {
      // The marks tell what is stored; the offset follows with the next commit.
    } catch (WakeupException ex) {
      commit(which); // it was woken up to stop; that happens once
    } catch (InterruptException ex) {
      throw new InterruptedException("stopped");
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> added) {
    try {
      for (ReadPartition partition : lost) {
        awaitAll(partition); // or the storage's last delivery would be too old
      }
      lost.clear();
      for (TopicPartition where : added) {
        String client =
            "kafka-input/%s/%d/%s"
                .formatted(topicIds.get(where.topic()), where.partition(), properties.group());
        long last = context.intake().lastDelivery(client);
        long next = Math.max(consumer.position(where), last + 1);
        consumer.seek(where, next);
        partitions.put(where, new ReadPartition(client, last, next));
      }
    } catch (InterruptedException ex) {
      throw new InterruptException("stopped", ex);
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> removed) {
    try {
      for (TopicPartition where : removed) {
        ReadPartition partition = partitions.get(where);
        if (partition != null && !partition.await(REVOKE_NANOS)) {
          lost.add(partition);
        }
      }
      commit(removed);
    } catch (InterruptedException ex) {
      throw new InterruptException("stopped", ex);
    } finally {
      removed.forEach(partitions::remove);
    }
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> gone) {
    for (TopicPartition where : gone) {
      ReadPartition partition = partitions.remove(where);
      if (partition != null) {
        lost.add(partition);
      }
    }
  }

  /** Whether the brokers answer. Any thread may ask. */
  boolean isConnected() {
    return connected;
  }

  /** The messages that are not read yet; -1 if unknown. Any thread may ask. */
  long lag() {
    return lag;
  }

  /** Ends a wait for messages. Any thread may call it. */
  void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
  }
}
