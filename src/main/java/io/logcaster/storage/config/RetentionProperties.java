package io.logcaster.storage.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long records are kept.
 *
 * @param maxAge records older than this are refused and deleted; unlimited where not set
 */
@ConfigurationProperties("logcaster.retention")
public record RetentionProperties(@Nullable Duration maxAge) {

  public RetentionProperties {
    if (maxAge != null && (maxAge.isNegative() || maxAge.isZero())) {
      throw new IllegalArgumentException(
          "logcaster.retention.max-age is "
              + maxAge
              + ", but must be longer than nothing, such as 30d");
    }
  }
}
