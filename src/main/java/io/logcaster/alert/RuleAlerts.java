package io.logcaster.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one rule and their state transitions:
 *
 * <pre>
 *              holds                holds for long enough
 *   INACTIVE ─────────▶ PENDING ─────────────────────────▶ FIRING
 *      ▲                   │                                 │
 *      └───────────────────┴─────────────────────────────────┘
 *            does not hold, or the group is gone
 * </pre>
 *
 * <p>A flapping alert would flood people with changes. Once an alert has fired {@value
 * #FLAPPING_COUNT} times within {@link #FLAPPING_TIME}, it keeps firing until the condition has
 * been absent for {@link #QUIET_TIME} without interruption.
 *
 * <p>After a start, the rule's window includes a time in which the server was down and records may
 * be missing. A restored alert is not resolved until the window has left that time.
 *
 * <p>Not thread-safe.
 */
final class RuleAlerts {

  static final int FLAPPING_COUNT = 3;

  static final Duration FLAPPING_TIME = Duration.ofMinutes(10);

  static final Duration QUIET_TIME = Duration.ofMinutes(1);

  /**
   * The longest time for which a restored alert is not resolved, however long the rule's window.
   */
  static final Duration LONGEST_GRACE = Duration.ofMinutes(5);

  private final Instant start;

  private final Map<Map<String, String>, Group> groups = new HashMap<>();

  /**
   * @param start when the server started
   * @param restored the alerts that were active when it stopped
   */
  RuleAlerts(Instant start, Collection<Alert> restored) {
    this.start = start;
    restored.forEach((alert) -> groups.put(alert.labels(), new Group(alert, true)));
  }

  private static final class Group {

    Alert alert;
    boolean restored;
    final ArrayDeque<Instant> fired = new ArrayDeque<>(FLAPPING_COUNT);

    /** Since when the condition has not held, while the alert keeps firing because it flaps. */
    @Nullable Instant absentSince;

    Group(Alert alert, boolean restored) {
      this.alert = alert;
      this.restored = restored;
    }

    void fire(Instant now) {
      if (fired.size() == FLAPPING_COUNT) {
        fired.removeFirst();
      }
      fired.addLast(now);
    }

    boolean isFlapping(Instant now) {
      return fired.size() == FLAPPING_COUNT && fired.getFirst().isAfter(now.minus(FLAPPING_TIME));
    }
  }

  /** Applies the results of the rule's query. */
  List<AlertChange> update(AlertRule rule, List<GroupValue> values, Instant now) {
    var holds = rule.comparison().against(rule.threshold());
    Set<Map<String, String>> present = new HashSet<>();
    List<AlertChange> changes = new ArrayList<>();
    for (GroupValue found : values) {
      if (holds.test(found.value())) {
        present.add(found.labels());
        hold(rule, found, now, changes);
      }
    }
    Map<Map<String, String>, Double> others = new HashMap<>();
    values.forEach((found) -> others.put(found.labels(), found.value()));
    for (Group group : groups.values()) {
      if (!present.contains(group.alert.labels())) {
        double value = others.getOrDefault(group.alert.labels(), Double.NaN);
        release(rule, group, value, now, changes);
      }
    }
    groups.values().removeIf((group) -> !group.alert.isActive() && isForgotten(group, now));
    return changes;
  }

  private void hold(AlertRule rule, GroupValue found, Instant now, List<AlertChange> changes) {
    Group group =
        groups.computeIfAbsent(
            found.labels(),
            (labels) -> new Group(inactive(rule, labels, found.value(), now), false));
    group.restored = false;
    group.absentSince = null;
    Alert alert = group.alert;
    AlertState to =
        switch (alert.state()) {
          case INACTIVE -> rule.hold().isZero() ? AlertState.FIRING : AlertState.PENDING;
          case PENDING ->
              alert.since().plus(rule.hold()).isAfter(now) ? AlertState.PENDING : AlertState.FIRING;
          case FIRING -> AlertState.FIRING;
        };
    turn(rule, group, to, found.value(), now, changes);
  }

  private void release(
      AlertRule rule, Group group, double value, Instant now, List<AlertChange> changes) {
    Alert alert = group.alert;
    // If the group has no value any more, the last known one is more useful.
    double shown = Double.isNaN(value) ? alert.value() : value;
    if (alert.state() == AlertState.FIRING) {
      if (group.restored && start.plus(grace(rule)).isAfter(now)) {
        return;
      }
      if (group.isFlapping(now)) {
        if (group.absentSince == null) {
          group.absentSince = now;
        }
        if (group.absentSince.plus(QUIET_TIME).isAfter(now)) {
          group.alert = judged(rule, alert, shown);
          return;
        }
      }
    }
    group.restored = false;
    group.absentSince = null;
    turn(rule, group, AlertState.INACTIVE, shown, now, changes);
  }

  private static Duration grace(AlertRule rule) {
    return rule.window().compareTo(LONGEST_GRACE) < 0 ? rule.window() : LONGEST_GRACE;
  }

  private static void turn(
      AlertRule rule,
      Group group,
      AlertState to,
      double value,
      Instant now,
      List<AlertChange> changes) {
    AlertState from = group.alert.state();
    if (from == to) {
      group.alert = judged(rule, group.alert, value);
      return;
    }
    Instant started = (from == AlertState.INACTIVE) ? now : group.alert.startedAt();
    group.alert =
        new Alert(
            group.alert.labels(),
            to,
            rule.severity(),
            value,
            rule.threshold(),
            rule.reason(value),
            now,
            started);
    if (to == AlertState.FIRING) {
      group.fire(now);
    }
    changes.add(change(rule, group.alert, from));
  }

  private static Alert inactive(
      AlertRule rule, Map<String, String> labels, double value, Instant now) {
    return new Alert(
        labels,
        AlertState.INACTIVE,
        rule.severity(),
        value,
        rule.threshold(),
        rule.reason(value),
        now,
        now);
  }

  private static Alert judged(AlertRule rule, Alert alert, double value) {
    return new Alert(
        alert.labels(),
        alert.state(),
        rule.severity(),
        value,
        rule.threshold(),
        rule.reason(value),
        alert.since(),
        alert.startedAt());
  }

  private static AlertChange change(AlertRule rule, Alert alert, AlertState from) {
    return new AlertChange(
        0,
        AlertIds.of(rule.id(), alert.labels()),
        rule.id(),
        rule.name(),
        RuleKind.THRESHOLD,
        alert.severity(),
        alert.labels(),
        from,
        alert.state(),
        alert.value(),
        alert.threshold(),
        alert.reason(),
        alert.startedAt(),
        alert.since());
  }

  /** Whether a resolved alert must be remembered because it may still turn out to be flapping. */
  private static boolean isForgotten(Group group, Instant now) {
    return group.fired.isEmpty() || !group.fired.getLast().isAfter(now.minus(FLAPPING_TIME));
  }

  /** Resolves everything, because the rule is disabled or deleted. */
  List<AlertChange> resolveAll(AlertRule rule, Instant now) {
    List<AlertChange> changes = new ArrayList<>();
    groups
        .values()
        .forEach((g) -> turn(rule, g, AlertState.INACTIVE, g.alert.value(), now, changes));
    groups.clear();
    return changes;
  }

  /** The alerts that are pending or firing. */
  List<Alert> active() {
    return groups.values().stream().map((group) -> group.alert).filter(Alert::isActive).toList();
  }
}
