package io.logcaster.ingest.kafka;

import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.InputThread;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.system.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads topics that other programs write, for as long as it is open. */
public final class KafkaInput implements Input {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaInput.class);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);

  private static final long PAUSE_MILLIS = 1_000;

  private static final long TIMEOUT_SECONDS = 15;

  private final KafkaProperties properties;
  private final InputContext context;
  private final int maxRecordSize;
  private final InputThread thread;
  private volatile boolean open;
  private volatile @Nullable TopicReader reader;

  /**
   * @param maxRecordSize a longer message is cut
   */
  public KafkaInput(KafkaProperties properties, InputContext context, int maxRecordSize) {
    this.properties = properties;
    this.context = context;
    this.maxRecordSize = maxRecordSize;
    this.thread = new InputThread("kafka-input", context, () -> open, this::run);
  }

  @Override
  public void start() {
    open = true;
    thread.startPlatform();
  }

  private void run() throws InterruptedException {
    String told = "";
    while (open) {
      try (TopicReader next =
          new TopicReader(
              properties,
              topicIds(),
              context,
              new MessageDecoder(context, properties, maxRecordSize),
              () -> open)) {
        reader = next;
        LOG.info("Reading {} in the group '{}'", properties.topics(), properties.group());
        told = "";
        next.run();
      } catch (InterruptException ex) {
        throw new InterruptedException("stopped");
      } catch (IOException | UncheckedIOException | KafkaException ex) {
        String reason = reason(ex);
        if (open && !reason.equals(told)) {
          told = reason;
          LOG.warn("Cannot read from Kafka at {}, trying again: {}", properties.brokers(), reason);
        }
        if (open) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      } finally {
        reader = null;
      }
    }
  }

  /** The identities of the topics by their names. */
  private Map<String, String> topicIds() throws IOException, InterruptedException {
    try (Admin admin = Admin.create(properties.clientSettings())) {
      Map<String, String> ids = new HashMap<>();
      admin
          .describeTopics(properties.topics())
          .allTopicNames()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
          .forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
      return ids;
    } catch (ExecutionException ex) {
      throw new IOException(reason(ex), ex);
    } catch (TimeoutException ex) {
      throw new IOException("The brokers do not answer", ex);
    }
  }

  /** The innermost message, in one line. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Printable.line(String.valueOf(cause.getMessage()));
  }

  @Override
  public void stop() {
    if (!open) {
      return;
    }
    open = false;
    TopicReader running = reader;
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
    TopicReader running = reader;
    long rejected = metrics.rejected().values().stream().mapToLong(Long::longValue).sum();
    boolean works = running != null && running.isConnected() && !thread.isDown();
    return new InputStats(
        metrics.id(),
        properties.format().text(),
        open
            ? String.join(",", properties.topics())
                + " at "
                + String.join(",", properties.brokers())
            : "",
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
  public long lag() {
    TopicReader running = reader;
    return (running == null) ? -1 : running.lag();
  }
}
