package io.logcaster.alert.state;

import io.logcaster.alert.AlertState;
import io.logcaster.alert.condition.GroupVerdict;
import io.logcaster.alert.condition.Severities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one group of a rule and its transitions:
 *
 * <pre>
 *              holds                holds for long enough
 *   INACTIVE ─────────▶ PENDING ─────────────────────────▶ FIRING
 *      ▲                   │                                 │
 *      └───────────────────┴─────────────────────────────────┘
 *            does not hold, or the group is gone
 * </pre>
 *
 * <p>A firing alert is not resolved while its value lies between the threshold and the rule's
 * second threshold for recovery, nor before the condition has been absent for the rule's {@code
 * keepFiring}. It takes a higher severity at once, and a lower one when that has lasted.
 *
 * <p>A flapping alert would flood people with changes. Once an alert has fired {@value
 * #FLAPPING_COUNT} times within {@link #FLAPPING_TIME}, it keeps firing until the condition has
 * been absent for {@link #QUIET_TIME} without interruption.
 *
 * <p>The live evaluation and the trial of a rule on the past both use this class. Not thread-safe.
 */
public final class GroupMachine {

  static final int FLAPPING_COUNT = 3;

  public static final Duration FLAPPING_TIME = Duration.ofMinutes(10);

  static final Duration QUIET_TIME = Duration.ofMinutes(1);

  private final Map<String, String> labels;
  private AlertState state = AlertState.INACTIVE;
  private String severity;
  private double value;
  private @Nullable Double threshold;
  private @Nullable GroupVerdict verdict;
  private String reason = "";
  private Instant since;
  private Instant startedAt;
  private @Nullable Instant clearSince;
  private @Nullable Instant lowerSince;
  private boolean restored;
  private boolean waiting;
  private final ArrayDeque<Instant> fired = new ArrayDeque<>(FLAPPING_COUNT);

  public GroupMachine(Map<String, String> labels, Instant now) {
    this.labels = labels;
    this.severity = Severities.WARNING;
    this.value = Double.NaN;
    this.since = now;
    this.startedAt = now;
  }

  /** Continues an alert that was active when the server stopped. */
  public GroupMachine(Alert alert) {
    this.labels = alert.labels();
    this.state = alert.state();
    this.severity = alert.severity();
    this.value = alert.value();
    this.threshold = alert.threshold();
    this.reason = alert.reason();
    this.since = alert.since();
    this.startedAt = alert.startedAt();
    this.clearSince = alert.clearSince();
    this.lowerSince = alert.lowerSince();
    this.restored = true;
  }

  /** Remembers a time at which the alert fired; the earliest first. */
  void remember(Instant time) {
    if (fired.size() == FLAPPING_COUNT) {
      fired.removeFirst();
    }
    fired.addLast(time);
  }

  Map<String, String> labels() {
    return labels;
  }

  public AlertState state() {
    return state;
  }

  String severity() {
    return severity;
  }

  double value() {
    return value;
  }

  Instant startedAt() {
    return startedAt;
  }

  /** Whether the last step started or stopped waiting for a timer without changing the state. */
  boolean waitingChanged() {
    return waiting;
  }

  /**
   * Applies a verdict.
   *
   * @return whether the state, or the severity of a firing alert, changed
   */
  public boolean step(Timers timers, GroupVerdict found, Instant now) {
    @Nullable Instant clearBefore = clearSince;
    @Nullable Instant lowerBefore = lowerSince;
    boolean changed = found.holds() ? hold(timers, found, now) : release(timers, found, now);
    waiting =
        !changed
            && state == AlertState.FIRING
            && ((clearBefore == null) != (clearSince == null)
                || (lowerBefore == null) != (lowerSince == null));
    return changed;
  }

  private boolean hold(Timers timers, GroupVerdict found, Instant now) {
    restored = false;
    clearSince = null;
    String level = found.severity() == null ? severity : found.severity();
    AlertState to =
        switch (state) {
          case INACTIVE -> timers.hold().isZero() ? AlertState.FIRING : AlertState.PENDING;
          case PENDING ->
              since.plus(timers.hold()).isAfter(now) ? AlertState.PENDING : AlertState.FIRING;
          case FIRING -> AlertState.FIRING;
        };
    boolean rises = to != AlertState.FIRING || state != AlertState.FIRING;
    boolean changed = rises ? to != state : takesSeverity(timers, level, now);
    if (rises || changed) {
      severity = level;
      lowerSince = null;
    }
    show(found);
    if (rises) {
      turn(to, now);
    }
    return changed;
  }

  /** Whether a firing alert takes another severity now. */
  private boolean takesSeverity(Timers timers, String level, Instant now) {
    int order = Integer.compare(Severities.rank(level), Severities.rank(severity));
    if (order >= 0) {
      lowerSince = null;
      return order > 0;
    }
    Instant from = lowerSince == null ? now : lowerSince;
    lowerSince = from;
    Duration quiet =
        timers.keepFiring().compareTo(QUIET_TIME) > 0 ? timers.keepFiring() : QUIET_TIME;
    return !from.plus(quiet).isAfter(now);
  }

  private boolean release(Timers timers, GroupVerdict found, Instant now) {
    if (state == AlertState.INACTIVE) {
      return false;
    }
    if (state == AlertState.PENDING
        && restored
        && found.keeps()
        && timers.restoredUntil().isAfter(now)) {
      return false;
    }
    if (state == AlertState.FIRING && staysFiring(timers, found, now)) {
      return false;
    }
    restored = false;
    clearSince = null;
    lowerSince = null;
    show(found);
    turn(AlertState.INACTIVE, now);
    return true;
  }

  private boolean staysFiring(Timers timers, GroupVerdict found, Instant now) {
    if (restored && timers.restoredUntil().isAfter(now)) {
      return true;
    }
    if (found.keeps()) {
      clearSince = null;
      show(found);
      return true;
    }
    Duration quiet = timers.keepFiring();
    if (isFlapping(now) && quiet.compareTo(QUIET_TIME) < 0) {
      quiet = QUIET_TIME;
    }
    if (quiet.isZero()) {
      return false;
    }
    Instant from = clearSince == null ? now : clearSince;
    clearSince = from;
    if (from.plus(quiet).isAfter(now)) {
      show(found);
      return true;
    }
    return false;
  }

  private void show(GroupVerdict found) {
    verdict = found;
    // If the group has no value any more, the last known one is more useful.
    if (!Double.isNaN(found.value())) {
      value = found.value();
      threshold = found.threshold();
    }
  }

  private void turn(AlertState to, Instant now) {
    if (state == to) {
      return;
    }
    if (state == AlertState.INACTIVE) {
      startedAt = now;
    }
    if (to == AlertState.FIRING) {
      remember(now);
    }
    state = to;
    since = now;
  }

  private boolean isFlapping(Instant now) {
    return fired.size() == FLAPPING_COUNT && fired.getFirst().isAfter(now.minus(FLAPPING_TIME));
  }

  /** Resolves the alert because its rule ends; returns whether it was active. */
  boolean end(Instant now) {
    boolean active = state != AlertState.INACTIVE;
    verdict =
        GroupVerdict.clear(labels, value, threshold, () -> "the rule was disabled or deleted");
    clearSince = null;
    lowerSince = null;
    turn(AlertState.INACTIVE, now);
    return active;
  }

  /** Whether nothing of the group has to be remembered. */
  boolean isForgotten(Instant now) {
    return state == AlertState.INACTIVE
        && (fired.isEmpty() || !fired.getLast().isAfter(now.minus(FLAPPING_TIME)));
  }

  public Alert alert() {
    GroupVerdict last = verdict;
    return new Alert(
        labels,
        state,
        severity,
        value,
        threshold,
        last == null ? reason : last.reason(),
        since,
        startedAt,
        clearSince,
        lowerSince);
  }
}
