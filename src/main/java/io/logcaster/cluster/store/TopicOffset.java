package io.logcaster.cluster.store;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The group's offsets, whose metadata begin with the topic's identity:
 *
 * <pre>
 * metadata = ["@" topic [" "]] [claims]
 * </pre>
 *
 * <p>A node may commit just after the topic was deleted and created again; such an offset says
 * nothing of the new topic. Metadata without an identity are of an older version, or of a tool.
 */
final class TopicOffset {

  private static final String MARK = "@";

  private TopicOffset() {}

  static OffsetAndMetadata of(String topic, long offset, Claims claims) {
    return new OffsetAndMetadata(offset, (MARK + topic + " " + claims.print()).strip());
  }

  /** The offsets of a topic, with nothing but claims in their metadata; without those of others. */
  static Map<TopicPartition, OffsetAndMetadata> ofTopic(
      String topic, Map<TopicPartition, ? extends @Nullable OffsetAndMetadata> committed) {
    Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>();
    committed.forEach(
        (where, offset) -> {
          if (offset == null) {
            return;
          }
          String metadata = offset.metadata();
          if (!metadata.startsWith(MARK)) {
            own.put(where, offset);
            return;
          }
          String[] parts = metadata.split(" ", 2);
          if (parts[0].equals(MARK + topic)) {
            own.put(
                where, new OffsetAndMetadata(offset.offset(), (parts.length == 2) ? parts[1] : ""));
          }
        });
    return own;
  }
}
