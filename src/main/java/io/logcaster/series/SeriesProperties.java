package io.logcaster.series;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Stats as series.
 *
 * @param maxAge How long values are kept.
 * @param maxSeries How many series, one for each group of each query, may exist; further groups are
 *     left out and counted.
 */
@Validated
@ConfigurationProperties("logcaster.series")
record SeriesProperties(
    @DefaultValue("400d") Duration maxAge, @DefaultValue("10000") @Min(1) int maxSeries) {

  SeriesProperties {
    if (maxAge.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException(
          "logcaster.series.max-age is " + maxAge + ", but must be at least 1h");
    }
  }
}
