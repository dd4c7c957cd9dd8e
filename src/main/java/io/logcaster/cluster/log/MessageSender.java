package io.logcaster.cluster.log;

import io.logcaster.cluster.KafkaFailures;
import io.logcaster.cluster.log.MessageQueue.Append;
import io.logcaster.cluster.log.MessageQueue.Part;
import io.logcaster.record.RecordBatch;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the rows of batches to their partitions. Rows of several batches become one {@linkplain
 * BatchMessage message}, because a storing node needs much less time for one large message than for
 * many small ones. Rows for which a sender waits are sent at once, or with the answer to the
 * message before them; others wait up to 50 ms.
 *
 * <p>A message is never given up: see {@link KafkaLogStorage}. Thread-safe.
 */
final class MessageSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MessageSender.class);

  /** Longer than the election of a new leader usually takes. */
  static final int AWAY_SECONDS = 5;

  private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(AWAY_SECONDS);

  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** How often the number of partitions is looked up. */
  private static final long PARTITIONS_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What a topic takes unless somebody has raised its {@code max.message.bytes}. */
  private static final int USUAL_MESSAGE = 900 << 10;

  /** The pipeline has twice as many on their way: it must not wait for rows that wait for it. */
  private static final int MAX_QUEUED_APPENDS = 16;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final ReentrantLock lock = new ReentrantLock();
  private final BatchMessage encoder = new BatchMessage();
  private final List<MessageQueue> queues = new ArrayList<>();

  /** Those with rows. */
  private final List<MessageQueue> filled = new ArrayList<>();

  private final Thread gathering;

  /** What was handed in and is not acknowledged: for each batch, its partitions. */
  private final AtomicInteger waiting = new AtomicInteger();

  /** By {@link System#nanoTime}: when a message was last acknowledged, or the first rows came. */
  private volatile long progress;

  private volatile String trouble = "";
  private volatile boolean closed;
  private int queuedAppends;
  private int partitions;
  private long partitionsAt;

  /** The size from which a message is divided, if it has several rows. */
  private int largest;

  /**
   * Rows on their way.
   *
   * @param missing the messages that are not acknowledged: more than one if they were too large
   */
  private record Sent(MessageQueue queue, List<Part> parts, AtomicInteger missing) {}

  /**
   * @param partitions how many the topic has, until the producer knows
   */
  MessageSender(Producer<byte[], byte[]> producer, String topic, int partitions) {
    this(producer, topic, partitions, USUAL_MESSAGE);
  }

  MessageSender(Producer<byte[], byte[]> producer, String topic, int partitions, int largest) {
    this.producer = producer;
    this.topic = topic;
    this.partitions = partitions;
    this.largest = largest;
    this.gathering = LongLived.startVirtual("kafka-gather", this::gather);
  }

  /** Whether nothing was acknowledged for a while although something should have been. */
  boolean isAway() {
    return waiting.get() > 0 && System.nanoTime() - progress > AWAY_NANOS;
  }

  /**
   * Sends a batch.
   *
   * @param isAwaited whether a sender waits for the answer
   * @return completes when all replicas in sync have it
   */
  CompletableFuture<Void> append(RecordBatch batch, boolean isAwaited) {
    if (batch.size() == 0) {
      return CompletableFuture.completedFuture(null);
    }
    lock.lock();
    try {
      long now = System.nanoTime();
      List<PartitionRows> divided = PartitionRows.of(batch, partitions(now));
      Append append = new Append(divided.size());
      if (waiting.getAndAdd(divided.size()) == 0) {
        progress = now;
      }
      boolean first = filled.isEmpty();
      queuedAppends++;
      for (PartitionRows part : divided) {
        MessageQueue queue = queue(part.partition());
        if (queue.isEmpty()) {
          filled.add(queue);
        }
        queue.add(new Part(batch, part.rows(), append), isAwaited, now);
      }
      sendDue(now);
      if (first && !filled.isEmpty()) {
        LockSupport.unpark(gathering);
      }
      return append.stored;
    } finally {
      lock.unlock();
    }
  }

  /** The topic's partitions, which may grow. What the producer knows of it costs no request. */
  private int partitions(long now) {
    if (partitionsAt == 0 || now - partitionsAt > PARTITIONS_NANOS) {
      partitionsAt = now;
      try {
        int known = producer.partitionsFor(topic).size();
        if (known != partitions) {
          LOG.info("The topic '{}' has {} partitions now", topic, known);
        }
        partitions = known;
      } catch (KafkaException ex) {
        // It remains as it was.
      }
    }
    return partitions;
  }

  private MessageQueue queue(int partition) {
    while (queues.size() <= partition) {
      queues.add(new MessageQueue(queues.size()));
    }
    return queues.get(partition);
  }

  /** Sends what has waited long enough. */
  private void gather() {
    while (!closed) {
      long wait = Long.MAX_VALUE;
      lock.lock();
      try {
        long now = System.nanoTime();
        sendDue(now);
        for (MessageQueue queue : filled) {
          wait = Math.min(wait, queue.nanosLeft(now));
        }
      } finally {
        lock.unlock();
      }
      LockSupport.parkNanos(this, wait);
    }
  }

  private void sendDue(long now) {
    boolean all = queuedAppends >= MAX_QUEUED_APPENDS;
    for (Iterator<MessageQueue> queue = filled.iterator(); queue.hasNext(); ) {
      MessageQueue next = queue.next();
      if (all || next.isDue(now)) {
        queue.remove();
        send(next);
      }
    }
  }

  private void send(MessageQueue queue) {
    List<Part> parts = queue.take();
    for (Part part : parts) {
      part.append().queued--;
      if (part.append().queued == 0) {
        queuedAppends--;
      }
    }
    RecordBatch rows =
        RecordBatch.merge(
            parts.stream().map(Part::batch).toList(), parts.stream().map(Part::rows).toList());
    send(rows, new Sent(queue, parts, new AtomicInteger()));
  }

  /** Sends rows in one message, or in several if that would be too large. */
  private void send(RecordBatch rows, Sent sent) {
    List<byte[]> messages = new ArrayList<>();
    encode(rows, messages);
    sent.missing().addAndGet(messages.size());
    sent.queue().inFlight.addAndGet(messages.size());
    messages.forEach((message) -> send(message, sent));
  }

  private void encode(RecordBatch rows, List<byte[]> messages) {
    byte[] message = encoder.encode(rows);
    if (message.length <= largest || rows.size() == 1) {
      messages.add(message);
      return;
    }
    int half = rows.size() / 2;
    encode(rows.gather(IntStream.range(0, half).toArray()), messages);
    encode(rows.gather(IntStream.range(half, rows.size()).toArray()), messages);
  }

  /** Waits a while where the producer's buffer is full. */
  private void send(byte[] message, Sent sent) {
    try {
      Future<?> _ =
          producer.send(
              new ProducerRecord<>(topic, sent.queue().partition, null, message),
              (metadata, ex) -> {
                if (ex == null) {
                  acknowledged(sent);
                } else {
                  again(message, sent, ex);
                }
              });
    } catch (KafkaException | IllegalStateException ex) { // the latter from a closed producer
      again(message, sent, ex);
    }
  }

  /** On the producer's thread, which must not wait for the lock: its holder may wait for it. */
  private void acknowledged(Sent sent) {
    progress = System.nanoTime();
    if (sent.queue().inFlight.decrementAndGet() == 0 && sent.queue().isReady()) {
      LockSupport.unpark(gathering);
    }
    settle(sent);
  }

  private void settle(Sent sent) {
    if (sent.missing().decrementAndGet() > 0) {
      return;
    }
    waiting.addAndGet(-sent.parts().size());
    for (Part part : sent.parts()) {
      if (part.append().missing.decrementAndGet() == 0) {
        part.append().stored.complete(null);
      }
    }
  }

  /**
   * Sends a message again that was not sent, because there is no room in the producer's buffer, or
   * that the brokers refused, because the topic's limit is too low or a permission is missing. In
   * the second case somebody has to mend that, unless smaller messages are what helps.
   */
  private void again(byte[] message, Sent sent, Exception failure) {
    String reason = KafkaFailures.reason(failure);
    if (closed || failure instanceof InterruptException) {
      waiting.addAndGet(-sent.parts().size());
      IOException failed = new IOException("Kafka failed: " + reason, failure);
      sent.parts().forEach((part) -> part.append().stored.completeExceptionally(failed));
      return;
    }
    if (!reason.equals(trouble)) {
      trouble = reason;
      LOG.warn("A message did not reach Kafka and is sent again: {}", reason);
    }
    boolean isTooLarge = failure instanceof RecordTooLargeException;
    Thread _ =
        Thread.ofVirtual()
            .name("kafka-again")
            .start(
                () -> {
                  if (!isTooLarge || !divide(message, sent)) {
                    LockSupport.parkNanos(AGAIN_NANOS);
                    send(message, sent);
                  }
                });
  }

  /**
   * Sends a message that the brokers found too large in smaller ones, as those that follow.
   *
   * @return false if it has a single record
   */
  private boolean divide(byte[] message, Sent sent) {
    RecordBatch rows;
    try {
      rows = BatchMessage.decode(message);
    } catch (IOException ex) {
      throw new IllegalStateException("An own message cannot be read", ex);
    }
    if (rows.size() == 1) {
      return false;
    }
    lock.lock();
    try {
      if (message.length / 2 < largest) {
        largest = message.length / 2;
        LOG.warn(
            "The topic '{}' does not take messages of {} bytes; they are divided. It should have"
                + " max.message.bytes of 32 MB",
            topic,
            message.length);
      }
      send(rows, sent);
    } finally {
      lock.unlock();
    }
    sent.queue().inFlight.decrementAndGet();
    settle(sent); // last, so that the rows do not seem to be stored in between
    return true;
  }

  /** Waits a while for what is on its way; its senders are told that the rest was not stored. */
  @Override
  public void close() {
    lock.lock();
    try {
      filled.forEach(this::send);
      filled.clear();
    } finally {
      lock.unlock();
    }
    closed = true;
    LockSupport.unpark(gathering);
    producer.close(CLOSE_TIMEOUT);
    lock.lock();
    try {
      encoder.close();
    } finally {
      lock.unlock();
    }
  }
}
