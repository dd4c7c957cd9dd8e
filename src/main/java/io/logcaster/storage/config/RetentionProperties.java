package io.logcaster.storage.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How long records are kept.
 *
 * @param maxAge records older than this are refused and deleted; unlimited where not set
 * @param maxBytes the oldest days are deleted beyond this; 80 % of the volume where not set
 */
@ConfigurationProperties("logcaster.retention")
public record RetentionProperties(@Nullable Duration maxAge, @Nullable DataSize maxBytes) {

  public RetentionProperties {
    if (maxAge != null && (maxAge.isNegative() || maxAge.isZero())) {
      throw new IllegalArgumentException(
          "logcaster.retention.max-age is "
              + maxAge
              + ", but must be longer than nothing, such as 30d");
    }
    if (maxBytes != null && maxBytes.toBytes() <= 0) {
      throw new IllegalArgumentException(
          "logcaster.retention.max-bytes is " + maxBytes + ", but must be more than nothing");
    }
  }
}
