package io.logcaster.cluster.log;

import io.logcaster.cluster.KafkaFailures;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topic between the roles, as the brokers know it.
 *
 * @param id its identity, which a topic of the same name that is created later does not have
 * @param partitions how many partitions it has
 */
public record KafkaTopic(String id, int partitions) {

  /** One record may be 16 MB, and more than that with the names of its fields. */
  private static final String MAX_MESSAGE = String.valueOf(32 << 20);

  private static final long TIMEOUT_SECONDS = 15;

  /**
   * Looks the topic up, and creates it if it does not exist.
   *
   * @throws IOException if the brokers do not answer or refuse
   */
  public static KafkaTopic open(ClusterProperties cluster)
      throws IOException, InterruptedException {
    Map<String, Object> settings = new HashMap<>(cluster.clientSettings());
    settings.put("default.api.timeout.ms", 10_000);
    try (Admin admin = Admin.create(settings)) {
      Optional<KafkaTopic> known = find(admin, cluster.topic());
      if (known.isPresent()) {
        return known.get();
      }
      create(admin, cluster);
      for (int attempt = 0; attempt < 50; attempt++) {
        Optional<KafkaTopic> created = find(admin, cluster.topic());
        if (created.isPresent()) {
          return created.get();
        }
        TimeUnit.MILLISECONDS.sleep(100); // brokers learn of it one after the other
      }
      throw new IOException("The topic '" + cluster.topic() + "' was created and is not there");
    } catch (KafkaException ex) {
      throw new IOException(KafkaFailures.reason(ex), ex);
    }
  }

  private static Optional<KafkaTopic> find(Admin admin, String topic)
      throws IOException, InterruptedException {
    try {
      TopicDescription found = get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
      return (found == null)
          ? Optional.empty()
          : Optional.of(new KafkaTopic(found.topicId().toString(), found.partitions().size()));
    } catch (ExecutionException ex) {
      if (ex.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new IOException(KafkaFailures.reason(ex), ex);
    }
  }

  private static void create(Admin admin, ClusterProperties cluster)
      throws IOException, InterruptedException {
    Optional<Short> replication =
        (cluster.replication() == 0)
            ? Optional.empty()
            : Optional.of((short) cluster.replication());
    NewTopic topic =
        new NewTopic(cluster.topic(), Optional.of(cluster.partitions()), replication)
            .configs(Map.of("max.message.bytes", MAX_MESSAGE, "compression.type", "producer"));
    try {
      get(admin.createTopics(List.of(topic)).all());
    } catch (ExecutionException ex) {
      if (!(ex.getCause() instanceof TopicExistsException)) { // by another node
        throw new IOException(KafkaFailures.reason(ex), ex);
      }
    }
  }

  private static <T> T get(KafkaFuture<T> future)
      throws IOException, ExecutionException, InterruptedException {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException ex) {
      throw new IOException("The brokers do not answer", ex);
    }
  }
}
