package io.logcaster.cluster.log;

import io.logcaster.cluster.KafkaFailures;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.Deliveries;
import io.logcaster.storage.DeliveryOrderException;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageReadOnlyException;
import io.logcaster.storage.StorageStats;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends batches to the topic between the roles, and finds them where other nodes keep them. A
 * batch is durable when all replicas in sync have each of its {@linkplain BatchMessage messages}.
 *
 * <p><b>Nothing twice.</b> The producer is idempotent and never gives a message up: Kafka's own
 * repetitions are recognised by the brokers, while a message that the producer gave up and this
 * server sent anew would not be. So an append that has begun waits for the brokers however long
 * that takes, and its sender with it.
 *
 * <p><b>Brokers that are away.</b> If nothing was acknowledged for {@value
 * MessageSender#AWAY_SECONDS} s while something should have been, further batches are refused at
 * once, as by a storage whose disk is full: senders over TCP are held back, those over HTTP are
 * told to try again.
 *
 * <p>The last deliveries of clients that number what they send are known since the start of this
 * process. After a restart, a client is told that none is known.
 */
public final class KafkaLogStorage implements LogStorage {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaLogStorage.class);

  private static final long CONNECT_PAUSE_MILLIS = 1_000;

  /** Enough to keep some partitions busy; what waits counts twice while it is in a request. */
  private static final long BUFFER_BYTES = 16 << 20;

  private static final int BATCH_BYTES = 1 << 20;

  private static final int MAX_REQUEST = 33 << 20;

  /** How long an append waits for room in the producer's buffer, which holds the senders back. */
  private static final int MAX_BLOCK_MILLIS = 3_000;

  private final ClusterProperties cluster;
  private final LogStorage found;
  private final Deliveries deliveries = new Deliveries();
  private final ReentrantLock sending = new ReentrantLock();
  private final Thread connecting;
  private volatile @Nullable MessageSender sender;
  private volatile String trouble = "no connection yet";
  private volatile boolean closed;

  /**
   * Begins to connect; until that is done, batches are refused.
   *
   * @param found where scans and deletions go; closed with this storage
   */
  public KafkaLogStorage(ClusterProperties cluster, LogStorage found) {
    this.cluster = cluster;
    this.found = found;
    this.connecting = Thread.ofVirtual().name("kafka-connect").start(this::connect);
  }

  private void connect() {
    String told = "";
    while (!closed) {
      try {
        KafkaTopic topic = KafkaTopic.open(cluster);
        Producer<byte[], byte[]> producer = new KafkaProducer<>(settings());
        producer.partitionsFor(cluster.topic()); // or the first batch would wait for it
        sender = new MessageSender(producer, cluster.topic(), topic.partitions());
        LOG.info(
            "Records go to the topic '{}' with {} partitions", cluster.topic(), topic.partitions());
        return;
      } catch (IOException | KafkaException ex) {
        trouble = KafkaFailures.reason(ex);
        if (!told.equals(trouble)) {
          told = trouble;
          LOG.warn("Cannot connect to Kafka at {}, trying again: {}", cluster.brokers(), trouble);
        }
      } catch (InterruptedException ex) {
        return;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(CONNECT_PAUSE_MILLIS);
      } catch (InterruptedException ex) {
        return;
      }
    }
  }

  private Map<String, Object> settings() throws IOException {
    Map<String, Object> settings = new HashMap<>(cluster.clientSettings());
    settings.put("key.serializer", ByteArraySerializer.class);
    settings.put("value.serializer", ByteArraySerializer.class);
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("compression.type", "none"); // messages are compressed already
    settings.put("linger.ms", 0);
    settings.put("batch.size", BATCH_BYTES);
    settings.put("buffer.memory", Math.max(BUFFER_BYTES, MAX_REQUEST));
    settings.put("max.request.size", MAX_REQUEST);
    settings.put("max.block.ms", MAX_BLOCK_MILLIS);
    settings.put("retries", Integer.MAX_VALUE);
    settings.put("delivery.timeout.ms", Integer.MAX_VALUE);
    return settings;
  }

  @Override
  public CompletableFuture<Void> append(RecordBatch batch) {
    return append(batch, true);
  }

  @Override
  public CompletableFuture<Void> appendSoon(RecordBatch batch) {
    return append(batch, false);
  }

  private CompletableFuture<Void> append(RecordBatch batch, boolean isAwaited) {
    MessageSender open = sender;
    if (open == null) {
      return refused("Kafka cannot be reached: " + trouble);
    }
    if (open.isAway()) {
      return refused("Kafka at %s does not acknowledge".formatted(cluster.brokers()));
    }
    sending.lock();
    try {
      deliveries.admit(batch);
      CompletableFuture<Void> stored = open.append(batch, isAwaited);
      return stored.whenComplete((done, ex) -> settle(batch, ex));
    } catch (DeliveryOrderException ex) {
      return CompletableFuture.failedFuture(ex);
    } finally {
      sending.unlock();
    }
  }

  private static CompletableFuture<Void> refused(String why) {
    return CompletableFuture.failedFuture(new StorageReadOnlyException(why));
  }

  private void settle(RecordBatch batch, @Nullable Throwable failure) {
    if (failure == null) {
      deliveries.commit(batch);
    } else if (batch.mark() != null) {
      deliveries.withdraw();
    }
  }

  @Override
  public long lastDelivery(String client) {
    return deliveries.last(client);
  }

  @Override
  public void scan(ScanRequest request, BatchConsumer consumer) throws IOException {
    found.scan(request, consumer);
  }

  @Override
  public long delete(ScanRequest request) throws IOException {
    return found.delete(request);
  }

  @Override
  public StorageStats stats() {
    return found.stats();
  }

  /** Waits a while for what is on its way; its senders are told that the rest was not stored. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    connecting.interrupt();
    MessageSender open = sender;
    if (open != null) {
      open.close();
    }
    found.close();
  }
}
