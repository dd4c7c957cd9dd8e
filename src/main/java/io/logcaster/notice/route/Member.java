package io.logcaster.notice.route;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert in a group, with what has been told of it.
 *
 * @param value the latest value
 * @param threshold what it was compared with; null if there is nothing
 * @param reason why it fired; may be empty
 * @param from the state that it fired from
 * @param since when it fired
 * @param until when it was resolved; null while it fires
 * @param told when it was first told of; null if it was not yet
 * @param escalated whether others have been told of it because nobody acknowledged it
 */
public record Member(
    AlertKey alert,
    double value,
    @Nullable Double threshold,
    String reason,
    String from,
    Instant since,
    @Nullable Instant until,
    @Nullable Instant told,
    boolean escalated) {

  /** From the least to the most serious. */
  public static final List<String> SEVERITIES = List.of("info", "warning", "error", "critical");

  /** A firing alert that nobody has been told of. */
  public static Member firing(
      AlertKey alert,
      double value,
      @Nullable Double threshold,
      String reason,
      String from,
      Instant since) {
    return new Member(alert, value, threshold, reason, from, since, null, null, false);
  }

  public boolean isFiring() {
    return until == null;
  }

  Member resolved(Instant until, double value, String reason) {
    return new Member(alert, value, threshold, reason, from, since, until, told, escalated);
  }

  /**
   * The same alert after it fired again or something about it changed. What was told stays, unless
   * it is more serious now.
   */
  Member updated(Member latest) {
    return new Member(
        latest.alert,
        latest.value,
        latest.threshold,
        latest.reason,
        from,
        until == null ? since : latest.since,
        null,
        isRaisedBy(latest) ? null : told,
        escalated);
  }

  boolean isRaisedBy(Member latest) {
    return SEVERITIES.indexOf(latest.alert.severity()) > SEVERITIES.indexOf(alert.severity());
  }

  Member told(Instant now, boolean alsoOthers) {
    return new Member(
        alert,
        value,
        threshold,
        reason,
        from,
        since,
        until,
        told == null ? now : told,
        escalated || alsoOthers);
  }
}
