package io.logcaster.alert.rule;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Alerts.
 *
 * @param parallelism How many rules may be evaluated at the same time.
 * @param historyMaxAge How long changes of alerts are kept.
 * @param historyMaxEntries How many changes of alerts are kept.
 */
@Validated
@ConfigurationProperties("logcaster.alert")
record AlertProperties(
    @DefaultValue("2") @Min(1) @Max(64) int parallelism,
    @DefaultValue("90d") Duration historyMaxAge,
    @DefaultValue("100000") @Min(1) @Max(10_000_000) int historyMaxEntries) {

  AlertProperties {
    if (historyMaxAge.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException(
          "logcaster.alert.history-max-age is " + historyMaxAge + ", but must be at least 1m");
    }
  }
}
