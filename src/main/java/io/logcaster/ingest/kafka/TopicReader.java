package io.logcaster.ingest.kafka;

import io.logcaster.cluster.consumer.GroupConsumer;
import io.logcaster.cluster.consumer.GroupInput;
import io.logcaster.ingest.InputContext;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
final class TopicReader implements GroupInput.Member, GroupConsumer.Work<ReadPartition> {

  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

  private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final String METADATA = "topic=";

  private final KafkaProperties properties;
  private final Map<String, String> topicIds;
  private final InputContext context;
  private final MessageDecoder decoder;
  private final GroupConsumer<ReadPartition> group;
  private long lastCommit = System.nanoTime();

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
    this.group =
        new GroupConsumer<>(
            properties.clientSettings(), properties.consumerSettings(), topicIds, isOpen);
  }

  @Override
  public GroupConsumer<ReadPartition> group() {
    return group;
  }

  @Override
  public void run() throws IOException, InterruptedException {
    group.run(properties.topics(), this);
  }

  @Override
  public void handle(ConsumerRecords<byte[], byte[]> polled) throws InterruptedException {
    for (TopicPartition where : polled.partitions()) {
      ReadPartition partition = group.partitions().get(where);
      if (partition != null) {
        read(partition, polled.records(where));
      }
    }
    for (Map.Entry<TopicPartition, ReadPartition> entry : group.partitions().entrySet()) {
      if (!entry.getValue().settle()) {
        rewind(entry.getKey(), entry.getValue());
      }
    }
    if (System.nanoTime() - lastCommit > COMMIT_NANOS) {
      lastCommit = System.nanoTime();
      release(group.partitions().keySet());
    }
  }

  private void read(ReadPartition partition, List<ConsumerRecord<byte[], byte[]>> messages)
      throws InterruptedException {
    long first = partition.next();
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      if (message.offset() > partition.last()) {
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
    partition.advance(end + 1);
  }

  private void handIn(ReadPartition partition, long first, long offset)
      throws InterruptedException {
    RecordBatch batch =
        decoder.build().withMark(new DeliveryMark(partition.client(), offset, partition.last()));
    partition.handedIn(first, offset, context.intake().submit(batch, context.metrics()));
  }

  /** Reads again what could not be stored. */
  private void rewind(TopicPartition where, ReadPartition partition) throws InterruptedException {
    group.await(partition);
    partition.rewind(context.intake().lastDelivery(partition.client()));
    group.client().seek(where, partition.next());
    TimeUnit.MILLISECONDS.sleep(GroupConsumer.POLL.toMillis());
  }

  @Override
  public void release(Collection<TopicPartition> which) throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition where : which) {
      ReadPartition partition = group.partitions().get(where);
      if (partition != null
          && partition.settle()
          && partition.firstUnsettled() != partition.committed) {
        offsets.put(where, new OffsetAndMetadata(partition.firstUnsettled(), metadata(where)));
      }
    }
    if (offsets.isEmpty()) {
      return;
    }
    try {
      group.client().commitSync(offsets, COMMIT_TIMEOUT);
      offsets.forEach(
          (where, offset) ->
              Objects.requireNonNull(group.partitions().get(where)).committed = offset.offset());
    } catch (CommitFailedException | RebalanceInProgressException | TimeoutException ex) {
      // The marks tell what is stored; the offset follows with the next commit.
    } catch (WakeupException ex) {
      release(which); // it was woken up to stop; that happens once
    } catch (InterruptException ex) {
      throw new InterruptedException("stopped");
    }
  }

  @Override
  public void expire(TopicPartition where, long first, long count) {
    ReadPartition partition = group.partitions().get(where);
    if (partition != null) {
      partition.advance(first);
    }
    context.metrics().drop("expired", count);
  }

  /**
   * What the group's offset carries: the topic's identity. It may have been committed just after
   * the topic was deleted and created again, and says nothing of the new topic then.
   */
  private String metadata(TopicPartition where) {
    return METADATA + topicIds.get(where.topic());
  }

  @Override
  public Map<TopicPartition, ReadPartition> take(Collection<TopicPartition> added) {
    Map<TopicPartition, OffsetAndMetadata> committed = group.client().committed(Set.copyOf(added));
    Map<TopicPartition, ReadPartition> taken = new HashMap<>();
    for (TopicPartition where : added) {
      String client =
          "kafka-input/%s/%d/%s"
              .formatted(topicIds.get(where.topic()), where.partition(), properties.group());
      OffsetAndMetadata offset = committed.get(where);
      boolean isOfAnother =
          offset != null
              && offset.metadata().startsWith(METADATA)
              && !offset.metadata().equals(metadata(where));
      long last = context.intake().lastDelivery(client);
      long next = Math.max(isOfAnother ? group.beginAnew(where) : group.begin(where), last + 1);
      group.client().seek(where, next);
      taken.put(where, new ReadPartition(client, last, next));
    }
    return taken;
  }
}
