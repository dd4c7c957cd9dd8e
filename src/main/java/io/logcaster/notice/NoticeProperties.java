package io.logcaster.notice;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Notices of alerts.
 *
 * @param allowLocalAddresses Whether channels may connect to this machine, link-local addresses and
 *     metadata services.
 * @param webhook Receives a POST when alerts start or end.
 */
@Validated
@ConfigurationProperties("logcaster.alert")
record NoticeProperties(
    @DefaultValue("false") boolean allowLocalAddresses, @DefaultValue Webhook webhook) {

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
