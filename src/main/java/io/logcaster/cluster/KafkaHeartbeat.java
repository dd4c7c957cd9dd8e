package io.logcaster.cluster;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Whether the brokers of a member of a consumer group answer. A poll does not tell: without brokers
 * it returns nothing, as without messages. The member must send heartbeats every second.
 */
public final class KafkaHeartbeat {

  private static final double LATE_SECONDS = 5;

  private final Consumer<?, ?> consumer;
  private @Nullable Metric last;

  public KafkaHeartbeat(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  /** Whether a heartbeat was sent lately. */
  public boolean isFresh() {
    Metric known = last;
    if (known == null) {
      for (Metric metric : consumer.metrics().values()) {
        if (metric.metricName().name().equals("last-heartbeat-seconds-ago")) {
          known = metric;
          last = metric;
        }
      }
    }
    return known != null
        && known.metricValue() instanceof Number seconds
        && seconds.doubleValue() >= 0 // -1 before the first one
        && seconds.doubleValue() <= LATE_SECONDS;
  }
}
