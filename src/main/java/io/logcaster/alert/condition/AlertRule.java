package io.logcaster.alert.condition;

import java.time.Duration;

/**
 * A query that is run regularly, and the condition on its result that causes an alert.
 *
 * @param id never changes
 * @param name its name for people
 * @param query what the condition judges: a stats query, or a filter for kinds that say so
 * @param window how far back the query looks
 * @param interval the time between two evaluations
 * @param condition what causes an alert
 * @param hold how long the condition must hold before the alert fires; called {@code for} in the
 *     API
 * @param keepFiring how long the condition must not hold before the alert is resolved
 * @param severity {@code info}, {@code warning}, {@code error} or {@code critical}
 * @param enabled whether it is evaluated at all
 */
public record AlertRule(
    String id,
    String name,
    String query,
    Duration window,
    Duration interval,
    Condition condition,
    Duration hold,
    Duration keepFiring,
    String severity,
    boolean enabled) {

  /** The longest grace, however long the rule's window. */
  private static final Duration LONGEST_GRACE = Duration.ofMinutes(5);

  /**
   * For how long after a start silence says nothing: the window includes a time in which the server
   * was down.
   */
  public Duration grace() {
    return window.compareTo(LONGEST_GRACE) < 0 ? window : LONGEST_GRACE;
  }
}
