package io.logcaster.cluster.consumer;

import io.logcaster.cluster.KafkaFailures;
import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.InputThread;
import io.logcaster.pipeline.InputMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An input that is a member of a consumer group for as long as it is open. When that fails, it
 * joins again after a pause.
 */
public abstract class GroupInput implements Input {

  private static final Logger LOG = LoggerFactory.getLogger(GroupInput.class);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);

  private static final long PAUSE_MILLIS = 1_000;

  private final String protocol;
  private final List<String> topics;
  private final List<String> brokers;
  private final InputContext context;
  private final InputThread thread;
  private volatile boolean open;

  /** Why the topics could not be read the last time; empty if they always could. */
  private volatile String trouble = "";

  private volatile @Nullable GroupConsumer<?> group;

  /** A reader of topics, used by one thread. */
  public interface Member extends AutoCloseable {

    /** Its connection to the group. */
    GroupConsumer<?> group();

    /** Reads until the input is closed. */
    void run() throws IOException, InterruptedException;

    @Override
    default void close() {
      group().close();
    }
  }

  /**
   * @param thread the name of its thread
   * @param protocol what it reads, for the list of inputs
   */
  protected GroupInput(
      String thread,
      String protocol,
      List<String> topics,
      List<String> brokers,
      InputContext context) {
    this.protocol = protocol;
    this.topics = topics;
    this.brokers = brokers;
    this.context = context;
    this.thread = new InputThread(thread, context, () -> open, this::run);
  }

  /**
   * Joins the group.
   *
   * @param isOpen whether the input is open
   * @throws IOException if the topics cannot be read at present
   */
  protected abstract Member join(BooleanSupplier isOpen) throws IOException, InterruptedException;

  @Override
  public final void start() {
    open = true;
    thread.startPlatform();
  }

  private void run() throws InterruptedException {
    while (open) {
      try (Member member = join(() -> open)) {
        group = member.group();
        member.run();
      } catch (InterruptException ex) {
        throw new InterruptedException("stopped");
      } catch (IOException | UncheckedIOException | KafkaException ex) {
        String reason = KafkaFailures.reason(ex);
        GroupConsumer<?> failed = group;
        boolean worked = failed != null && failed.isConnected();
        if (open && (worked || !reason.equals(trouble))) {
          trouble = reason;
          LOG.warn("Cannot read from Kafka at {}, trying again: {}", brokers, reason);
        }
        if (open) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      } finally {
        group = null;
      }
    }
  }

  @Override
  public final void stop() {
    if (!open) {
      return;
    }
    open = false;
    GroupConsumer<?> running = group;
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
  public final InputStats stats() {
    InputMetrics metrics = context.metrics();
    GroupConsumer<?> running = group;
    long rejected = metrics.rejected().values().stream().mapToLong(Long::longValue).sum();
    boolean works = running != null && running.isConnected() && !thread.isDown();
    return new InputStats(
        metrics.id(),
        protocol,
        open ? String.join(",", topics) + " at " + String.join(",", brokers) : "",
        !open
            ? InputStats.State.STOPPED
            : works ? InputStats.State.RUNNING : InputStats.State.FAILED,
        metrics.received(),
        rejected,
        metrics.bytes(),
        rejected,
        List.of());
  }

  @Override
  public @Nullable String note() {
    String reason = trouble;
    GroupConsumer<?> running = group;
    boolean works = running != null && running.isConnected();
    return (works || reason.isEmpty()) ? null : reason;
  }

  /** How many messages of its partitions this node has not taken yet; -1 if unknown. */
  @Override
  public final long lag() {
    GroupConsumer<?> running = group;
    return (running == null) ? -1 : running.lag();
  }
}
