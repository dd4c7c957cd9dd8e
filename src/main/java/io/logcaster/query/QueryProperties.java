package io.logcaster.query;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Queries.
 *
 * @param maxMemory How much memory one query may hold.
 * @param timeout How long one query may run; a request may ask for less.
 * @param concurrency How many queries run at once; more wait.
 * @param queue How many queries wait at most; more are answered with 429.
 * @param workers How many threads one query uses; 0 for one a processor.
 */
@Validated
@ConfigurationProperties("logcaster.query")
record QueryProperties(
    @DefaultValue("128MB") DataSize maxMemory,
    @DefaultValue("30s") Duration timeout,
    @DefaultValue("8") @Min(1) @Max(1024) int concurrency,
    @DefaultValue("64") @Min(0) @Max(100_000) int queue,
    @DefaultValue("0") @Min(0) @Max(1024) int workers) {

  /** A result in memory is limited by its bytes; this limits the number of objects. */
  private static final int MAX_ROWS = 1_000_000;

  QueryProperties {
    if (maxMemory.toBytes() < DataSize.ofMegabytes(1).toBytes()) {
      throw new IllegalArgumentException("logcaster.query.max-memory must be at least 1MB");
    }
    if (timeout.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("logcaster.query.timeout must be at least 1ms");
    }
  }

  QueryLimits limits(int processors) {
    return new QueryLimits(
        maxMemory.toBytes(),
        timeout,
        concurrency,
        queue,
        (workers == 0) ? processors : workers,
        MAX_ROWS);
  }
}
