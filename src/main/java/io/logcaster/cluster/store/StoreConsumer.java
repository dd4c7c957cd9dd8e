package io.logcaster.cluster.store;

import io.logcaster.cluster.consumer.GroupConsumer;
import io.logcaster.cluster.consumer.GroupInput;
import io.logcaster.cluster.log.ClusterProperties;
import io.logcaster.cluster.log.KafkaTopic;
import io.logcaster.ingest.InputContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the partitions that the consumer group gives to this node, and stores each batch exactly
 * once, although every node has a storage of its own.
 *
 * <ol>
 *   <li><b>Claim.</b> Before messages are stored, the group's offset moves past them, with a {@link
 *       Claims claim} in its metadata. Kafka refuses the commit of a node that no longer owns the
 *       partition; then the node drops the messages.
 *   <li><b>Store.</b> Each batch carries a {@link io.logcaster.record.DeliveryMark} with its
 *       offset, which becomes durable together with its records. The storage refuses what it
 *       already has.
 *   <li><b>Settle.</b> After a start, and whenever a claim may have failed, the node reads its own
 *       claims and stores what its storage lacks of them. When everything is stored, the claim is
 *       taken back with the next commit.
 * </ol>
 *
 * <p>So after any kill each message is stored, or claimed by the one node that will store it when
 * it is back. Nodes that share one storage have one identity: the next owner of a partition settles
 * what the last one claimed, and if both try, the storage takes each message once. Marks contain
 * the topic's identity: a topic that is created anew counts from zero. What a storage held that was
 * lost with its disk is read again by the one that {@linkplain LostStorages replaces} it.
 *
 * <p>One thread uses it, except where noted.
 */
final class StoreConsumer implements GroupInput.Member, GroupConsumer.Work<StoredPartition> {

  private final ClusterProperties cluster;
  private final KafkaTopic topic;
  private final String node;
  private final InputContext context;
  private final boolean isShared;
  private final LostStorages lost;
  private final BooleanSupplier isOpen;
  private final SetAside aside;
  private final MessageStore messages;
  private final Map<TopicPartition, Long> expired = new HashMap<>();
  private final GroupConsumer<StoredPartition> group;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, StoredPartition> partitions;

  /**
   * @param node the identity of this node's storage
   * @param isShared whether other nodes use the same storage, and therefore the same identity
   * @param replaced the identities of storages that were lost with their disks
   * @param aside keeps messages that cannot be read
   */
  StoreConsumer(
      ClusterProperties cluster,
      KafkaTopic topic,
      String node,
      boolean isShared,
      Set<String> replaced,
      InputContext context,
      SetAside aside,
      BooleanSupplier isOpen)
      throws IOException {
    this.cluster = cluster;
    this.topic = topic;
    this.node = node;
    this.isShared = isShared;
    this.context = context;
    this.isOpen = isOpen;
    this.aside = aside;
    this.messages = new MessageStore(context, aside);
    this.lost = new LostStorages(cluster, topic.id(), node, replaced, this::client, context, aside);
    this.group =
        new GroupConsumer<>(
            cluster.clientSettings(),
            ConsumerSettings.of(cluster, node),
            Map.of(cluster.topic(), topic.id()),
            isOpen);
    this.consumer = group.client();
    this.partitions = group.partitions();
  }

  @Override
  public GroupConsumer<StoredPartition> group() {
    return group;
  }

  @Override
  public void run() throws IOException, InterruptedException {
    aside.takeBack(context);
    settleClaims();
    if (!isShared) {
      lost.start();
    }
    group.run(List.of(cluster.topic()), this);
  }

  /** What is done about lost storages; null for nothing. Any thread may ask. */
  @Nullable String note() {
    return lost.note();
  }

  @Override
  public void handle(ConsumerRecords<byte[], byte[]> polled)
      throws IOException, InterruptedException {
    if (!group.settle()) {
      rewind();
      return;
    }
    if (!polled.isEmpty()) {
      if (!claim(polled)) {
        rewind();
        return;
      }
      for (ConsumerRecord<byte[], byte[]> message : polled) {
        TopicPartition where = new TopicPartition(message.topic(), message.partition());
        StoredPartition partition = partitions.get(where);
        if (partition != null) {
          messages.store(partition, message);
        }
      }
    } else {
      release(partitions.keySet());
    }
  }

  /**
   * Moves the group's offset past messages, with a claim of this node.
   *
   * @return false if the messages belong to another node by now
   */
  private boolean claim(ConsumerRecords<byte[], byte[]> polled) throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    Map<TopicPartition, Claims> holding = new HashMap<>();
    for (TopicPartition where : polled.partitions()) {
      StoredPartition partition = partitions.get(where);
      List<ConsumerRecord<byte[], byte[]>> own = polled.records(where);
      if (partition == null) {
        return false;
      }
      long first = partition.isSettled() ? own.getFirst().offset() : partition.firstUnsettled();
      long last = own.getLast().offset();
      Claims.Range range = new Claims.Range(first, last);
      Claims held = isShared ? partition.others : partition.others.holding(node, range);
      holding.put(where, held);
      Claims claims = held.with(node, range);
      if (claims.print().length() > Claims.MAX_LENGTH) {
        throw new KafkaException(
            "Too many nodes have left claims on %s; remove those of nodes that will not come back"
                .formatted(where));
      }
      offsets.put(where, TopicOffset.of(topic.id(), last + 1, claims));
    }
    if (!commit(offsets)) {
      return false;
    }
    offsets.forEach(
        (where, offset) -> {
          StoredPartition partition = Objects.requireNonNull(partitions.get(where));
          partition.advance(offset.offset());
          partition.others = Objects.requireNonNull(holding.get(where));
          partition.isClaiming = true;
        });
    return true;
  }

  /**
   * Commits, for as long as the brokers do not answer.
   *
   * @return false if this node may not commit, or not now
   */
  private boolean commit(Map<TopicPartition, OffsetAndMetadata> offsets)
      throws InterruptedException {
    while (true) {
      try {
        consumer.commitSync(offsets);
        group.setConnected(true);
        return true;
      } catch (CommitFailedException
          | RebalanceInProgressException
          | FencedInstanceIdException ex) {
        return false;
      } catch (TimeoutException ex) {
        group.setConnected(false);
        if (!isOpen.getAsBoolean()) {
          return false;
        }
      } catch (WakeupException ex) {
        // It was woken up to stop, and what it does now still has to be right.
      } catch (InterruptException ex) {
        throw new InterruptedException("stopped");
      }
    }
  }

  /** Takes back the claims on what is stored. */
  @Override
  public void release(Collection<TopicPartition> which) throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition where : which) {
      StoredPartition partition = partitions.get(where);
      if (partition != null && partition.isClaiming && partition.isSettled()) {
        offsets.put(where, TopicOffset.of(topic.id(), partition.next(), partition.others));
      }
    }
    if (!offsets.isEmpty() && commit(offsets)) {
      offsets
          .keySet()
          .forEach((where) -> Objects.requireNonNull(partitions.get(where)).isClaiming = false);
    }
  }

  /**
   * After a claim was refused or a batch could not be stored: stores what is claimed, and continues
   * with the first message that is not.
   */
  private void rewind() throws IOException, InterruptedException {
    group.awaitAll();
    settleClaims();
    settleOwned();
    group.retainAssigned();
    for (Map.Entry<TopicPartition, StoredPartition> entry : partitions.entrySet()) {
      StoredPartition partition = entry.getValue();
      partition.rewind(context.intake().lastDelivery(partition.client()));
      consumer.seek(entry.getKey(), partition.next());
    }
  }

  /** Stores what this node has claimed and its storage lacks. Nothing of it may be on its way. */
  private void settleClaims() throws IOException, InterruptedException {
    if (isShared) {
      return; // the owner of a partition does it
    }
    List<TopicPartition> all = new ArrayList<>();
    for (PartitionInfo partition : consumer.partitionsFor(cluster.topic())) { // it may have grown
      all.add(new TopicPartition(cluster.topic(), partition.partition()));
    }
    settle(committed(all));
  }

  /** As {@link #settleClaims}, where the nodes share one storage and therefore one claim. */
  private void settleOwned() throws IOException, InterruptedException {
    if (isShared && !partitions.isEmpty()) {
      settle(committed(partitions.keySet()));
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(Collection<TopicPartition> which) {
    return TopicOffset.ofTopic(topic.id(), consumer.committed(Set.copyOf(which)));
  }

  private void settle(Map<TopicPartition, OffsetAndMetadata> committed)
      throws IOException, InterruptedException {
    try (ClaimReader reader =
        new ClaimReader(
            "which this node had claimed", cluster, context, messages, expired, isOpen)) {
      for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : committed.entrySet()) {
        OffsetAndMetadata offset = entry.getValue();
        Claims claims = Claims.parse(offset == null ? null : offset.metadata());
        if (claims.removed().contains(node)) {
          throw new IOException(
              ("The storage %s was taken for lost, and another node has read its records again,"
                      + " which are therefore found twice: empty this node's data directory")
                  .formatted(node));
        }
        Claims.Range own = claims.of(node);
        if (own != null) {
          reader.settle(entry.getKey(), client(entry.getKey()), own);
        }
      }
    }
  }

  @Override
  public void expire(TopicPartition where, long first, long count) {
    StoredPartition partition = partitions.get(where);
    if (partition != null) {
      partition.advance(first);
    }
    context.metrics().drop("expired", count);
  }

  @Override
  public void close() {
    lost.close();
    messages.close();
    group.close();
  }

  private String client(TopicPartition where) {
    return "kafka/" + topic.id() + "/" + where.partition();
  }

  @Override
  public Map<TopicPartition, StoredPartition> take(Collection<TopicPartition> added)
      throws IOException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed = committed(added);
    // Before anything later is stored, or the storage would take them for stored.
    settle(committed);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(added);
    Map<TopicPartition, StoredPartition> taken = new HashMap<>();
    for (TopicPartition where : added) {
      OffsetAndMetadata offset = committed.get(where);
      Claims claims = Claims.parse(offset == null ? null : offset.metadata());
      Claims others =
          claims.without(node).after(begins.getOrDefault(where, 0L)).removing(lost.replaced());
      StoredPartition partition =
          new StoredPartition(
              client(where),
              others,
              context.intake().lastDelivery(client(where)),
              offset == null ? group.beginAnew(where) : offset.offset());
      partition.isClaiming = !others.removed().equals(claims.removed());
      taken.put(where, partition);
    }
    return taken;
  }
}
