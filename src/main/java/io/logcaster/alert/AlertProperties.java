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
 * @param parallelism How many rules may be evaluated at once.
 * @param historyMaxAge How long changes of alerts are kept.
 * @param historyMaxEntries How many changes of alerts are kept.
 * @param webhook Where changes are posted to.
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
   * Posts each alert that begins to fire or is resolved as JSON.
   *
   * @param url The address to post to; none by default.
   * @param timeout How long one attempt may take.
   * @param attempts How often a post is tried before it is given up.
   */
  record Webhook(
      @Nullable URI url,
      @DefaultValue("10s") Duration timeout,
      @DefaultValue("6") @Min(1) @Max(20) int attempts) {}
}
