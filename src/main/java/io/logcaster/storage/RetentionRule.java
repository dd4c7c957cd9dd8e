package io.logcaster.storage;

import java.time.Duration;

/**
 * Which records go before all others.
 *
 * @param text the filter as it is written; what the rule is known by
 * @param filter selects the records
 * @param maxAge how long they are kept
 */
public record RetentionRule(String text, RowFilter filter, Duration maxAge) {

  private static final long DAY = Duration.ofDays(1).toNanos();

  /** Shorter steps would have a segment written again and again for a few records each. */
  private static final long SHORTEST_STEP = Duration.ofMinutes(5).toNanos();

  /**
   * How much later than asked for a record may go, in nanoseconds: so much is taken at once from a
   * segment. A quarter of the age, at most a day.
   */
  public long step() {
    return Math.clamp(maxAge.toNanos() / 4, SHORTEST_STEP, DAY);
  }
}
