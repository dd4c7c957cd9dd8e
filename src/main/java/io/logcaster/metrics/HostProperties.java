package io.logcaster.metrics;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Records of the machine's load.
 *
 * @param enabled Whether the machine is measured and the readings are stored.
 * @param interval Time between two readings.
 */
@ConfigurationProperties("logcaster.host-metrics")
record HostProperties(
    @DefaultValue("true") boolean enabled, @DefaultValue("5s") Duration interval) {

  HostProperties {
    if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "logcaster.host-metrics.interval is " + interval + ", but must be at least 1s");
    }
  }
}
