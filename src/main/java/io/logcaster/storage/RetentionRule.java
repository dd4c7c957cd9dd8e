package io.logcaster.storage;

import java.time.Duration;

/**
 * A rule by which some records are deleted earlier than the others.
 *
 * @param text the filter as written in the settings; identifies the rule
 * @param filter selects the records
 * @param maxAge how long the records are kept
 */
public record RetentionRule(String text, RowFilter filter, Duration maxAge) {

  private static final long DAY = Duration.ofDays(1).toNanos();

  /** Shorter steps would rewrite a segment again and again for a few records each. */
  private static final long SHORTEST_STEP = Duration.ofMinutes(5).toNanos();

  /**
   * How long a record may outlive the rule's age, in nanoseconds, so that a segment is rewritten
   * once per step: a quarter of the age, but at most a day.
   */
  public long step() {
    return Math.clamp(maxAge.toNanos() / 4, SHORTEST_STEP, DAY);
  }
}
