package io.logcaster.alert;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Alerts.
 *
 * @param parallelism How many rules may be evaluated at the same time.
 * @param historyMaxAge How long changes of alerts are kept.
 * @param historyMaxEntries How many changes of alerts are kept.
 * @param webhook Receives a POST when alerts start or end.
 */
@Validated
@ConfigurationProperties("logcaster.alert")
record AlertProperties(
    @DefaultValue("2") @Min(1) @Max(64) int parallelism,
    @DefaultValue("90d") Duration historyMaxAge,
    @DefaultValue("100000") @Min(1) @Max(10_000_000) int historyMaxEntries,
    @DefaultValue Webhook webhook) {

  AlertProperties {
    if (historyMaxAge.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException(
          "logcaster.alert.history-max-age is " + historyMaxAge + ", but must be at least 1m");
    }
  }

  /**
   * A webhook that receives each firing and resolved alert as JSON.
   *
   * @param url The URL to post to; none by default.
   * @param timeout Time limit of one attempt.
   * @param attempts Maximum number of attempts per POST.
   */
  record Webhook(
      @Nullable URI url,
      @DefaultValue("10s") Duration timeout,
      @DefaultValue("6") @Min(1) @Max(20) int attempts) {}
}
