package io.logcaster.cluster.log;

import io.logcaster.cluster.KafkaSecurity;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The topic between nodes with the role ingest and nodes with the role store.
 *
 * @param brokers Some of Kafka's brokers, each as host:port.
 * @param topic The topic; it is created if it does not exist.
 * @param group The consumer group of the nodes that share the storing of the topic.
 * @param partitions How many partitions a created topic has, which is how many nodes can store.
 * @param replication How many copies a created topic has; 0 for the default of the brokers.
 * @param security How the brokers are spoken to.
 */
@ConfigurationProperties("logcaster.cluster")
@Validated
public record ClusterProperties(
    @DefaultValue List<String> brokers,
    @DefaultValue("logcaster-batches") String topic,
    @DefaultValue("logcaster-store") String group,
    @DefaultValue("12") @Min(1) @Max(10_000) int partitions,
    @DefaultValue("0") @Min(0) @Max(100) int replication,
    @DefaultValue KafkaSecurity security) {

  /** How soon new partitions of a topic are noticed. */
  private static final int METADATA_MILLIS = 10_000;

  public ClusterProperties {
    brokers = List.copyOf(brokers);
  }

  /**
   * The settings that all clients of Kafka share.
   *
   * @throws IOException if a file of the security settings cannot be read
   */
  public Map<String, Object> clientSettings() throws IOException {
    Map<String, Object> settings = new HashMap<>(security.clientSettings());
    settings.put("bootstrap.servers", String.join(",", brokers));
    settings.put("reconnect.backoff.max.ms", 2_000);
    settings.put("request.timeout.ms", 10_000);
    settings.put("metadata.max.age.ms", METADATA_MILLIS);
    settings.put("metric.reporters", List.of());
    settings.put("enable.metrics.push", false);
    return settings;
  }
}
