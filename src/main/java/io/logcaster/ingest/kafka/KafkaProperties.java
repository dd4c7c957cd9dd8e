package io.logcaster.ingest.kafka;

import io.logcaster.cluster.KafkaSecurity;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Topics that other programs write.
 *
 * @param brokers Some of Kafka's brokers, each as host:port; nothing is read without one.
 * @param topics Names of the topics.
 * @param group The consumer group; one that is new reads the topics from their beginning.
 * @param format What a message is: auto, json, raw, syslog, gelf, otlp_proto or otlp_json.
 * @param headers Headers of a message that become fields of its record, by their names.
 * @param security How the brokers are spoken to.
 */
@ConfigurationProperties("logcaster.kafka")
public record KafkaProperties(
    @DefaultValue List<String> brokers,
    @DefaultValue List<String> topics,
    @DefaultValue("logcaster") String group,
    @DefaultValue("auto") MessageFormat format,
    @DefaultValue List<String> headers,
    @DefaultValue KafkaSecurity security) {

  /** Part of the name of delivery marks, which is bounded. */
  private static final int LONGEST_GROUP = 64;

  /** Bounds what is read at once. */
  private static final int MAX_POLL_MESSAGES = 2_000;

  private static final int FETCH_BYTES = 8 << 20;

  private static final int PARTITION_BYTES = 1 << 20;

  /** How soon new partitions of a topic are noticed. */
  private static final int METADATA_MILLIS = 10_000;

  public KafkaProperties {
    brokers = List.copyOf(brokers);
    topics = List.copyOf(topics);
    headers = List.copyOf(headers);
    require(
        brokers.isEmpty() == topics.isEmpty(),
        "logcaster.kafka.brokers and logcaster.kafka.topics go together: set both or neither");
    require(
        !group.isBlank() && group.length() <= LONGEST_GROUP && group.matches("[\\x21-\\x7e]+"),
        "logcaster.kafka.group must be 1 to %d printable characters of ASCII; it is '%s'"
            .formatted(LONGEST_GROUP, group));
  }

  private static void require(boolean right, String reason) {
    if (!right) {
      throw new IllegalArgumentException(reason);
    }
  }

  /**
   * The settings of a client of Kafka.
   *
   * @throws IOException if a file of the security settings cannot be read
   */
  Map<String, Object> clientSettings() throws IOException {
    Map<String, Object> settings = new HashMap<>(security.clientSettings());
    settings.put("bootstrap.servers", String.join(",", brokers));
    settings.put("reconnect.backoff.max.ms", 2_000);
    settings.put("request.timeout.ms", 10_000);
    settings.put("default.api.timeout.ms", 20_000);
    settings.put("metadata.max.age.ms", METADATA_MILLIS);
    settings.put("metric.reporters", List.of());
    settings.put("enable.metrics.push", false);
    return settings;
  }

  /** What a member of the group has in addition to {@link #clientSettings}. */
  Map<String, Object> consumerSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("group.id", group);
    settings.put("client.id", "logcaster");
    settings.put("key.deserializer", ByteArrayDeserializer.class);
    settings.put("value.deserializer", ByteArrayDeserializer.class);
    settings.put("enable.auto.commit", false);
    // GroupConsumer begins where it should, and tells what was lost.
    settings.put("auto.offset.reset", "none");
    settings.put("session.timeout.ms", 10_000);
    settings.put("heartbeat.interval.ms", 1_000);
    settings.put("max.poll.records", MAX_POLL_MESSAGES);
    settings.put("fetch.max.bytes", FETCH_BYTES);
    settings.put("max.partition.fetch.bytes", PARTITION_BYTES);
    settings.put("isolation.level", "read_committed");
    return settings;
  }
}
