package io.logcaster.cluster.store;

import io.logcaster.cluster.log.ClusterProperties;
import io.logcaster.cluster.log.KafkaTopic;
import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.InputThread;
import io.logcaster.pipeline.InputMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores what nodes with the role ingest write to Kafka, for as long as it is open. */
final class StoreInput implements Input {

  private static final Logger LOG = LoggerFactory.getLogger(StoreInput.class);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);

  /** The identity of a storage that all nodes share. */
  private static final String SHARED = "shared";

  private static final long PAUSE_MILLIS = 1_000;

  private final ClusterProperties cluster;
  private final InputContext context;
  private final Path directory;
  private final boolean isShared;
  private final InputThread thread;
  private volatile boolean open;
  private volatile @Nullable StoreConsumer consumer;

  /**
   * @param directory the data directory, which has the node's identity
   * @param isShared whether other nodes use the same storage
   */
  StoreInput(ClusterProperties cluster, InputContext context, Path directory, boolean isShared) {
    this.cluster = cluster;
    this.context = context;
    this.directory = directory;
    this.isShared = isShared;
    this.thread = new InputThread("kafka-store", context, () -> open, this::run);
  }

  @Override
  public void start() {
    open = true;
    thread.startPlatform();
  }

  private void run() throws InterruptedException {
    String told = "";
    while (open) {
      try {
        KafkaTopic topic = KafkaTopic.open(cluster);
        String node = isShared ? SHARED : NodeId.of(directory);
        try (StoreConsumer next =
            new StoreConsumer(cluster, topic, node, isShared, context, () -> open)) {
          consumer = next;
          LOG.info(
              "Node {} stores partitions of the topic '{}' in the group '{}'",
              node,
              cluster.topic(),
              cluster.group());
          told = "";
          next.run();
        } finally {
          consumer = null;
        }
      } catch (InterruptException ex) {
        throw new InterruptedException("stopped");
      } catch (IOException | KafkaException ex) {
        String reason = KafkaTopic.reason(ex);
        if (open && !reason.equals(told)) {
          told = reason;
          LOG.warn("Cannot read from Kafka at {}, trying again: {}", cluster.brokers(), reason);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  @Override
  public void stop() {
    if (!open) {
      return;
    }
    open = false;
    StoreConsumer running = consumer;
    if (running != null) {
      running.wakeUp();
    }
    try {
      thread.join(STOP_TIMEOUT);
      thread.interrupt();
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public InputStats stats() {
    InputMetrics metrics = context.metrics();
    StoreConsumer running = consumer;
    long rejected = metrics.rejected().values().stream().mapToLong(Long::longValue).sum();
    boolean works = running != null && running.isConnected() && !thread.isDown();
    return new InputStats(
        metrics.id(),
        "kafka",
        open ? cluster.topic() + " at " + String.join(",", cluster.brokers()) : "",
        !open
            ? InputStats.State.STOPPED
            : works ? InputStats.State.RUNNING : InputStats.State.FAILED,
        metrics.received(),
        rejected,
        metrics.bytes(),
        rejected,
        List.of());
  }

  /** How many messages of its partitions this node has not taken yet; -1 if unknown. */
  @Override
  public long lag() {
    StoreConsumer running = consumer;
    return (running == null) ? -1 : running.lag();
  }
}
