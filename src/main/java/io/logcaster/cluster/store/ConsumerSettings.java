package io.logcaster.cluster.store;

import io.logcaster.cluster.log.ClusterProperties;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How the member of a group reads the topic between the roles. */
final class ConsumerSettings {

  /** What a member's client id begins with; the identity of its storage follows. */
  static final String CLIENT = "logcaster-";

  /** A storage that takes nothing for so long gives its partitions to other nodes. */
  private static final int MAX_POLL_INTERVAL_MILLIS = 60_000;

  /** Bounds what is claimed at once; each message is a batch. */
  private static final int MAX_POLL_MESSAGES = 64;

  private static final int FETCH_BYTES = 8 << 20;

  private static final int PARTITION_BYTES = 2 << 20;

  private ConsumerSettings() {}

  /** Those that not all clients have. */
  static Map<String, Object> of(ClusterProperties cluster, String node) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("group.id", cluster.group());
    settings.put("client.id", CLIENT + node);
    settings.put("key.deserializer", ByteArrayDeserializer.class);
    settings.put("value.deserializer", ByteArrayDeserializer.class);
    settings.put("enable.auto.commit", false);
    // GroupConsumer begins where it should, and tells what was lost.
    settings.put("auto.offset.reset", "none");
    settings.put(
        "partition.assignment.strategy", List.of(CooperativeStickyAssignor.class.getName()));
    settings.put("session.timeout.ms", 10_000);
    settings.put("heartbeat.interval.ms", 1_000);
    settings.put("default.api.timeout.ms", 20_000);
    settings.put("max.poll.interval.ms", MAX_POLL_INTERVAL_MILLIS);
    settings.put("max.poll.records", MAX_POLL_MESSAGES);
    settings.put("fetch.max.bytes", FETCH_BYTES);
    settings.put("max.partition.fetch.bytes", PARTITION_BYTES);
    settings.put("isolation.level", "read_committed");
    return settings;
  }
}
