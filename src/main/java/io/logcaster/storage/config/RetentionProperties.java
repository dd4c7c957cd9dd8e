package io.logcaster.storage.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How long records are kept.
 *
 * @param maxAge records older than this are refused and deleted; unlimited if not set
 * @param maxBytes beyond this size the oldest days are deleted; 80 % of the volume if not set
 * @param rules select records that are kept for a shorter time
 */
@ConfigurationProperties("logcaster.retention")
public record RetentionProperties(
    @Nullable Duration maxAge, @Nullable DataSize maxBytes, List<Rule> rules) {

  /**
   * A rule for records that are kept for a shorter time.
   *
   * @param filter a filter of the query language that selects the records
   * @param maxAge how long they are kept; they are deleted within a quarter of that time, at most a
   *     day, afterwards
   */
  public record Rule(String filter, Duration maxAge) {

    public Rule(@Nullable String filter, @Nullable Duration maxAge) {
      if (filter == null || filter.isBlank()) {
        throw new IllegalArgumentException(
            "a rule of logcaster.retention.rules has no filter, such as level:<WARN");
      }
      if (maxAge == null || maxAge.isNegative() || maxAge.isZero()) {
        throw new IllegalArgumentException(
            "the rule '%s' of logcaster.retention.rules has no max-age longer than nothing, such as 3d"
                .formatted(filter));
      }
      this.filter = filter.strip();
      this.maxAge = maxAge;
    }
  }

  public RetentionProperties(
      @Nullable Duration maxAge, @Nullable DataSize maxBytes, @Nullable List<Rule> rules) {
    this.maxAge = maxAge;
    this.maxBytes = maxBytes;
    this.rules = (rules != null) ? List.copyOf(rules) : List.of();
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
