package io.logcaster.cluster.consumer;

import io.logcaster.cluster.KafkaFailures;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Whether topics are still the ones whose reading began. A topic that is deleted and created again
 * counts its messages from zero, while a client of Kafka goes on at the old offset: it would skip
 * the first messages, and take later ones for messages that are stored already. Not thread-safe.
 */
final class TopicIdentity implements AutoCloseable {

  /** How often to look, where a topic that was just created cannot have the offset that is next. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** More messages than a partition gets in that time. */
  private static final long FAR = 100_000;

  private static final long TIMEOUT_SECONDS = 15;

  /** A broker that has just started, or a topic that was, is known everywhere by then. */
  private static final long MISSING_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Admin admin;
  private final Map<String, String> ids;
  private long last = System.nanoTime();

  /** By {@link System#nanoTime}: when brokers first did not know a topic; 0 if they know all. */
  private long missingSince;

  /** A topic is no longer the one whose reading began. */
  static final class ChangedException extends IOException {

    private static final long serialVersionUID = 1L;

    ChangedException(String text) {
      super(text);
    }
  }

  /**
   * @param settings those of a client
   * @param ids the identities of the topics by their names
   */
  TopicIdentity(Map<String, Object> settings, Map<String, String> ids) {
    this.admin = Admin.create(settings);
    this.ids = Map.copyOf(ids);
  }

  /** Whether it is time to look again. */
  boolean isDue() {
    return System.nanoTime() - last > PAUSE_NANOS;
  }

  /** Whether messages may be those of a topic that was just created. */
  boolean isDoubtful(ConsumerRecords<byte[], byte[]> polled) {
    for (TopicPartition where : polled.partitions()) {
      if (polled.records(where).getFirst().offset() < FAR) {
        return true;
      }
    }
    return isDue() && !polled.isEmpty();
  }

  /**
   * Looks the topics up. What was read before is of the topics whose reading began.
   *
   * @return false if the brokers do not answer, or do not know a topic yet
   * @throws ChangedException if a topic is deleted, or created anew
   * @throws IOException if the brokers refuse
   */
  boolean confirm() throws IOException, InterruptedException {
    last = System.nanoTime();
    Map<String, KafkaFuture<TopicDescription>> found = find(ids.keySet());
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : found.entrySet()) {
      try {
        String id = topic.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS).topicId().toString();
        if (!id.equals(ids.get(topic.getKey()))) {
          throw new ChangedException(
              "The topic '%s' was deleted and created again; it is read from its beginning"
                  .formatted(topic.getKey()));
        }
      } catch (java.util.concurrent.TimeoutException ex) {
        return false;
      } catch (ExecutionException ex) {
        if (ex.getCause() instanceof TimeoutException) {
          return false;
        }
        if (ex.getCause() instanceof UnknownTopicOrPartitionException) {
          if (!isMissing()) {
            return false;
          }
          throw new ChangedException(
              "The topic '%s' was deleted, with all that was not stored yet"
                  .formatted(topic.getKey()));
        }
        throw new IOException(KafkaFailures.reason(ex), ex);
      }
    }
    missingSince = 0;
    return true;
  }

  private boolean isMissing() {
    missingSince = (missingSince == 0) ? last : missingSince;
    return last - missingSince > MISSING_NANOS;
  }

  private Map<String, KafkaFuture<TopicDescription>> find(Collection<String> topics)
      throws IOException {
    try {
      return new HashMap<>(admin.describeTopics(topics).topicNameValues());
    } catch (KafkaException ex) {
      throw new IOException(KafkaFailures.reason(ex), ex);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
