package io.logcaster.delivery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Proof of delivery.
 *
 * @param grace How long a gap may stay open before it counts as missing; numbers that come in
 *     another order close it within this time.
 * @param maxSenders How many senders are remembered; beyond it, the one silent for longest is
 *     forgotten.
 */
@Validated
@ConfigurationProperties("logcaster.delivery")
record DeliveryProperties(
    @DefaultValue("10s") Duration grace,
    @DefaultValue("10000") @Min(1) @Max(100_000) int maxSenders) {

  DeliveryProperties {
    if (grace.isNegative() || grace.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "logcaster.delivery.grace is " + grace + ", but must be 0s to 1d");
    }
  }
}
