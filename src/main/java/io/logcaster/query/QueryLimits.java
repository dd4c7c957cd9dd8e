package io.logcaster.query;

import java.time.Duration;

/**
 * The limits of queries.
 *
 * @param memory how many bytes the query may hold that one query may hold
 * @param time how long one query may run
 * @param concurrency how many queries run at once; more wait
 * @param queue how many queries wait at most; more are refused
 * @param workers how many threads one query uses
 * @param rows how many rows a result held in memory may have
 */
public record QueryLimits(
    long memory, Duration time, int concurrency, int queue, int workers, int rows) {

  /** Limits for tests and small tools: 256 MB, a minute. */
  public static QueryLimits defaults() {
    return new QueryLimits(
        256L << 20,
        Duration.ofMinutes(1),
        8,
        32,
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        1_000_000);
  }
}
