package io.logcaster.system;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Live streams: the tail, metrics and alerts.
 *
 * @param maxOpen Maximum number of open streams; further ones are answered with 503.
 * @param heartbeat Interval of the heartbeats of a stream that has nothing to send.
 */
@Validated
@ConfigurationProperties("logcaster.streams")
public record StreamProperties(
    @DefaultValue("512") @Min(1) @Max(100_000) int maxOpen,
    @DefaultValue("10s") Duration heartbeat) {

  public StreamProperties {
    if (heartbeat.toMillis() < 100) {
      throw new IllegalArgumentException(
          "logcaster.streams.heartbeat is " + heartbeat + ", but must be at least 100ms");
    }
  }
}
