package io.logcaster.system;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Answers that never end: the live tail and the streams of metrics and alerts.
 *
 * @param maxOpen How many streams may be open at once; one more is answered 503.
 * @param heartbeat How long a stream may be silent before it says that it is alive.
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
