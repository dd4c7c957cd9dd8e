package io.logcaster.cluster.consumer;

import io.logcaster.cluster.KafkaHeartbeat;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a consumer group with the partitions it has at present. A partition that goes to
 * another node waits for its batches for a while, and before others come this node waits for those
 * that are still on their way. One thread uses it, except where noted.
 *
 * @param <P> what is known of a partition
 */
public final class GroupConsumer<P extends GroupPartition> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupConsumer.class);

  /** How long a poll waits for messages. */
  public static final Duration POLL = Duration.ofMillis(200);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private static final long REVOKE_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaHeartbeat heartbeat;
  private final TopicIdentity identity;
  private final BooleanSupplier isOpen;
  private final Map<TopicPartition, P> partitions = new HashMap<>();

  /** Partitions that went to other nodes while batches of them were on their way. */
  private final List<P> lost = new ArrayList<>();

  private volatile boolean connected;
  private volatile long lag = -1;

  /**
   * What is done with messages and partitions.
   *
   * @param <P> what is known of a partition
   */
  public interface Work<P> {

    /** Begins with partitions that the group gives to this node. */
    Map<TopicPartition, P> take(Collection<TopicPartition> added)
        throws IOException, InterruptedException;

    /** Hands in messages; there may be none. */
    void handle(ConsumerRecords<byte[], byte[]> polled) throws IOException, InterruptedException;

    /**
     * Goes on behind messages that the topic no longer has.
     *
     * @param first the offset of the first message that it has
     * @param count how many are lost
     */
    void expire(TopicPartition where, long first, long count);

    /** Tells the group what of partitions is stored, before they go to other nodes. */
    void release(Collection<TopicPartition> removed) throws InterruptedException;
  }

  /**
   * @param shared the settings of all clients
   * @param own those of the member in addition to them
   * @param topicIds the identities of the topics by their names
   * @param isOpen whether to go on
   */
  public GroupConsumer(
      Map<String, Object> shared,
      Map<String, Object> own,
      Map<String, String> topicIds,
      BooleanSupplier isOpen) {
    Map<String, Object> settings = new HashMap<>(shared);
    settings.putAll(own);
    settings.put("allow.auto.create.topics", false); // it would have the settings of no one
    this.consumer = new KafkaConsumer<>(settings);
    this.heartbeat = new KafkaHeartbeat(consumer);
    this.identity = new TopicIdentity(shared, topicIds);
    this.isOpen = isOpen;
  }

  /** Works until the input is closed; then waits for what is on its way. */
  public void run(Collection<String> topics, Work<P> work)
      throws IOException, InterruptedException {
    consumer.subscribe(topics, new Assignment(work));
    try {
      while (isOpen.getAsBoolean()) {
        ConsumerRecords<byte[], byte[]> polled = poll(work);
        connected = heartbeat.isFresh();
        if (isSure(polled)) {
          work.handle(polled);
          updateLag();
        }
      }
    } catch (TopicIdentity.ChangedException ex) {
      countLost(work);
      awaitAll();
      throw ex;
    } catch (WakeupException ex) {
      // It was woken up to stop.
    } catch (UncheckedIOException ex) {
      throw ex.getCause();
    }
    for (P partition : partitions.values()) {
      partition.await(REVOKE_NANOS);
    }
    work.release(List.copyOf(partitions.keySet()));
  }

  /** Polls; a place that the topic no longer has is replaced by the first one that it has. */
  private ConsumerRecords<byte[], byte[]> poll(Work<P> work)
      throws IOException, InterruptedException {
    try {
      return consumer.poll(POLL);
    } catch (NoOffsetForPartitionException ex) {
      ex.partitions().forEach(this::begin);
    } catch (OffsetOutOfRangeException ex) {
      if (isConfirmed()) {
        ex.offsetOutOfRangePartitions()
            .forEach((where, offset) -> skip(where, offset, first(where), work));
      }
    }
    return ConsumerRecords.empty();
  }

  /** Whether messages are those of the topics whose reading began, which brokers have to say. */
  private boolean isSure(ConsumerRecords<byte[], byte[]> polled)
      throws IOException, InterruptedException {
    if (polled.isEmpty()) {
      boolean _ = !identity.isDue() || identity.confirm();
      return true;
    }
    return !identity.isDoubtful(polled) || isConfirmed();
  }

  /**
   * Waits for the brokers to confirm what was read.
   *
   * @return false if the input was closed; others read it again then
   */
  private boolean isConfirmed() throws IOException, InterruptedException {
    while (!identity.confirm()) {
      connected = false;
      if (!isOpen.getAsBoolean()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
    return true;
  }

  /** Counts what a deleted topic had and is not stored, as far as it is known. */
  private void countLost(Work<P> work) {
    for (Map.Entry<TopicPartition, P> entry : partitions.entrySet()) {
      long count = consumer.currentLag(entry.getKey()).orElse(0);
      if (count > 0) {
        work.expire(entry.getKey(), entry.getValue().next() + count, count);
      }
    }
  }

  private void skip(TopicPartition where, long offset, long first, Work<P> work) {
    consumer.seek(where, first);
    if (first > offset) {
      LOG.error(
          "{} messages of {} are lost: the topic kept them for too short a time. Raise its"
              + " retention, or add nodes that read it",
          first - offset,
          where);
      work.expire(where, first, first - offset);
    } else {
      LOG.warn(
          "{} ends before the message {} that comes next; it is read from its beginning, and what"
              + " is stored already is skipped",
          where,
          offset);
    }
  }

  /**
   * Where the reading of a partition begins: at the group's offset or, where it has none, at the
   * first message.
   */
  public long begin(TopicPartition where) {
    try {
      return consumer.position(where);
    } catch (NoOffsetForPartitionException ex) {
      return beginAnew(where);
    }
  }

  /** Begins at the first message, whatever the group's offset is; returns its offset. */
  public long beginAnew(TopicPartition where) {
    long first = first(where);
    consumer.seek(where, first);
    return first;
  }

  private long first(TopicPartition where) {
    return Objects.requireNonNull(consumer.beginningOffsets(List.of(where)).get(where));
  }

  private void updateLag() {
    lag =
        partitions.keySet().stream()
            .mapToLong((where) -> consumer.currentLag(where).orElse(0))
            .sum();
  }

  /** The client, to commit and to seek with. */
  public KafkaConsumer<byte[], byte[]> client() {
    return consumer;
  }

  /** The partitions of this node, as they are now. */
  public Map<TopicPartition, P> partitions() {
    return partitions;
  }

  /** Forgets partitions that are no longer this node's. */
  public void retainAssigned() {
    partitions.keySet().retainAll(consumer.assignment());
  }

  /**
   * Forgets the batches that are stored, those of lost partitions too.
   *
   * @return false if one could not be stored
   */
  public boolean settle() {
    boolean settled = true;
    for (P partition : lost) {
      settled &= partition.settle();
    }
    lost.removeIf(GroupPartition::isSettled);
    for (P partition : partitions.values()) {
      settled &= partition.settle();
    }
    return settled;
  }

  /** Waits until nothing is on its way any more, and forgets lost partitions. */
  public void awaitAll() throws InterruptedException {
    for (P partition : partitions.values()) {
      await(partition);
    }
    awaitLost();
  }

  private void awaitLost() throws InterruptedException {
    for (P partition : lost) {
      await(partition);
    }
    lost.clear();
  }

  /**
   * Waits until nothing of a partition is on its way any more, for as long as the input is open.
   */
  public void await(P partition) throws InterruptedException {
    while (!partition.await(REVOKE_NANOS) && isOpen.getAsBoolean()) {
      // It waits for the storage.
    }
  }

  /** Follows the group's decisions. */
  private final class Assignment implements ConsumerRebalanceListener {

    private final Work<P> work;

    Assignment(Work<P> work) {
      this.work = work;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
      if (added.isEmpty()) {
        return;
      }
      try {
        awaitLost(); // or the storage's last delivery would be too old
        partitions.putAll(work.take(added));
      } catch (IOException ex) {
        throw new UncheckedIOException(ex);
      } catch (InterruptedException ex) {
        throw new InterruptException("stopped", ex);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> removed) {
      try {
        for (TopicPartition where : removed) {
          P partition = partitions.get(where);
          if (partition != null) {
            partition.await(REVOKE_NANOS);
            if (!partition.isSettled()) {
              lost.add(partition);
            }
          }
        }
        work.release(removed);
      } catch (InterruptedException ex) {
        throw new InterruptException("stopped", ex);
      } finally {
        removed.forEach(partitions::remove);
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> gone) {
      for (TopicPartition where : gone) {
        P partition = partitions.remove(where);
        if (partition != null) {
          lost.add(partition);
        }
      }
    }
  }

  /** Tells whether the brokers answered a request. */
  public void setConnected(boolean answered) {
    connected = answered;
  }

  /** Whether the brokers answer. Any thread may ask. */
  public boolean isConnected() {
    return connected;
  }

  /** The messages that are not taken yet; -1 if unknown. Any thread may ask. */
  public long lag() {
    return lag;
  }

  /** Ends a wait for messages. Any thread may call it. */
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    identity.close();
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }
}
