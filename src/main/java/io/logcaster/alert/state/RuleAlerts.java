package io.logcaster.alert.state;

import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.GroupVerdict;
import io.logcaster.alert.condition.Judge;
import io.logcaster.alert.condition.Severities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one rule, each with a {@link GroupMachine}.
 *
 * <p>After a start, the rule's window includes a time in which the server was down and records may
 * be missing. A restored alert is not resolved until the window has left that time.
 *
 * <p>Not thread-safe.
 */
public final class RuleAlerts {

  private final Instant start;

  private final Map<Map<String, String>, GroupMachine> groups = new LinkedHashMap<>();

  /**
   * @param start when the server started
   * @param restored the alerts that were active when it stopped
   */
  public RuleAlerts(Instant start, Collection<Alert> restored) {
    this.start = start;
    restored.forEach((alert) -> groups.put(alert.labels(), new GroupMachine(alert)));
  }

  /**
   * Remembers that a group fired before the server stopped, so that an alert which flaps goes on
   * doing so. To be called before the first update, the earliest time first.
   */
  public void remember(Map<String, String> labels, Instant fired) {
    groups.computeIfAbsent(labels, (l) -> new GroupMachine(l, fired)).remember(fired);
  }

  /**
   * What an evaluation changed.
   *
   * @param changes to be stored and published
   * @param waiting alerts whose state is the same, but which started or stopped waiting for a
   *     timer; to be stored
   */
  public record Update(List<AlertChange> changes, List<Alert> waiting) {

    public boolean isEmpty() {
      return changes.isEmpty() && waiting.isEmpty();
    }
  }

  /** Applies verdicts on groups that are told apart by their labels. */
  public Update update(AlertRule rule, List<GroupVerdict> verdicts, Instant now) {
    return update(rule, new Judge.Verdicts(verdicts), (labels) -> labels, now);
  }

  /**
   * Applies the verdicts of the rule's condition. A group without one is gone, or stays as it is if
   * records were missing.
   *
   * @param identity what tells a group with some labels from the others
   */
  public Update update(
      AlertRule rule,
      Judge.Verdicts verdicts,
      Function<Map<String, String>, Object> identity,
      Instant now) {
    Timers timers = new Timers(rule.hold(), rule.keepFiring(), start.plus(rule.grace()));
    Set<Map<String, String>> present = new HashSet<>();
    Update update = new Update(new ArrayList<>(), new ArrayList<>());
    Map<Object, GroupMachine> known = null;
    for (GroupVerdict verdict : verdicts.all()) {
      GroupMachine group = groups.get(verdict.labels());
      if (group == null) {
        known = known == null ? active(identity) : known;
        group = known.get(identity.apply(verdict.labels()));
      }
      if (group == null && verdict.holds()) {
        group = new GroupMachine(verdict.labels(), now);
        groups.put(verdict.labels(), group);
      }
      boolean isCertain = group != null && (verdicts.isWhole() || !lowers(verdict, group));
      if (group != null && present.add(group.labels()) && isCertain) {
        step(rule, timers, group, verdict, now, update);
      }
    }
    groups.forEach(
        (labels, group) -> {
          if (verdicts.isWhole() && !present.contains(labels)) {
            step(rule, timers, group, GroupVerdict.gone(labels), now, update);
          }
        });
    groups.values().removeIf((group) -> group.isForgotten(now));
    return update;
  }

  /** Whether a verdict would lower the severity of a firing alert. */
  private static boolean lowers(GroupVerdict verdict, GroupMachine group) {
    String severity = verdict.severity();
    return group.state() == AlertState.FIRING
        && severity != null
        && Severities.rank(severity) < Severities.rank(group.severity());
  }

  /** The groups with an alert, by what tells them apart; the oldest one of several. */
  private Map<Object, GroupMachine> active(Function<Map<String, String>, Object> identity) {
    Map<Object, GroupMachine> active = new HashMap<>();
    for (GroupMachine group : groups.values()) {
      if (group.state() != AlertState.INACTIVE) {
        active.putIfAbsent(identity.apply(group.labels()), group);
      }
    }
    return active;
  }

  private static void step(
      AlertRule rule,
      Timers timers,
      GroupMachine group,
      GroupVerdict verdict,
      Instant now,
      Update update) {
    AlertState from = group.state();
    if (group.step(timers, verdict, now)) {
      update.changes().add(change(rule, group.alert(), from, now));
    } else if (group.waitingChanged()) {
      update.waiting().add(group.alert());
    }
  }

  private static AlertChange change(AlertRule rule, Alert alert, AlertState from, Instant now) {
    return new AlertChange(
        0,
        AlertIds.of(rule.id(), alert.labels()),
        rule.id(),
        rule.name(),
        rule.condition().kind(),
        alert.severity(),
        alert.labels(),
        from,
        alert.state(),
        alert.value(),
        alert.threshold(),
        alert.reason(),
        alert.startedAt(),
        now);
  }

  /** Resolves everything, because the rule is disabled or deleted. */
  public Update resolveAll(AlertRule rule, Instant now) {
    List<AlertChange> changes = new ArrayList<>();
    for (GroupMachine group : groups.values()) {
      AlertState from = group.state();
      if (group.end(now)) {
        changes.add(change(rule, group.alert(), from, now));
      }
    }
    groups.clear();
    return new Update(changes, List.of());
  }

  /** Whether any alert is pending or firing. */
  public boolean anyActive() {
    return groups.values().stream().anyMatch((group) -> group.state() != AlertState.INACTIVE);
  }

  /** Whether there are alerts and all of them fire with a severity. */
  public boolean allFiring(String severity) {
    return !groups.isEmpty()
        && groups.values().stream()
            .allMatch(
                (group) -> group.state() == AlertState.FIRING && group.severity().equals(severity));
  }

  /** When the first pending alert will have been pending for long enough; null if there is none. */
  public @Nullable Instant nextFiring(AlertRule rule) {
    return groups.values().stream()
        .filter((group) -> group.state() == AlertState.PENDING)
        .map((group) -> group.startedAt().plus(rule.hold()))
        .min(Instant::compareTo)
        .orElse(null);
  }

  /** The alerts that are pending or firing. */
  public List<Alert> active() {
    return groups.values().stream()
        .filter((group) -> group.state() != AlertState.INACTIVE)
        .map(GroupMachine::alert)
        .toList();
  }
}
