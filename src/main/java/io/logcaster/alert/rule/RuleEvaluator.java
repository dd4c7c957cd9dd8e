package io.logcaster.alert.rule;

import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertCounts;
import io.logcaster.alert.AlertFeed;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.condition.Severities;
import io.logcaster.alert.live.LateRecords;
import io.logcaster.alert.live.LiveRules;
import io.logcaster.alert.rule.RunningRule.RuleStatus;
import io.logcaster.alert.state.Alert;
import io.logcaster.alert.state.GroupMachine;
import io.logcaster.alert.state.RuleAlerts;
import io.logcaster.cluster.Lease;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Evaluates rules when they are due, a few at the same time. A rule whose query is still running is
 * not started again, and a due rule waits for a free slot: slow queries make evaluations less
 * frequent, but do not pile up. Thread-safe.
 */
final class RuleEvaluator implements AlertCounts {

  private static final Logger LOG = LoggerFactory.getLogger(RuleEvaluator.class);

  private final RuleStore rules;
  private final AlertStore alerts;
  private final RuleTools tools;
  private final LateRecords late;
  private final LiveRules live;
  private final AlertFeed feed;
  private final Executor executor;
  private final Clock clock;
  private final Semaphore room;
  private final Lease lease;

  /** Whether the rules are loaded in the state in which the last evaluator left them. */
  private volatile boolean onDuty;

  /** Whether a due rule waits for an evaluation to end. */
  private volatile boolean waiting;

  /** Whether templates were born since the last tick. */
  private final AtomicBoolean births = new AtomicBoolean();

  private final Map<String, RunningRule> running = new ConcurrentHashMap<>();

  /**
   * @param executor runs evaluations, which block
   * @param parallelism how many may run at the same time
   * @param lease held by the node that evaluates the rules
   */
  RuleEvaluator(
      RuleStore rules,
      AlertStore alerts,
      RuleTools tools,
      LateRecords late,
      LiveRules live,
      AlertFeed feed,
      Executor executor,
      int parallelism,
      Lease lease,
      Clock clock) {
    this.lease = lease;
    this.rules = rules;
    this.alerts = alerts;
    this.tools = tools;
    this.late = late;
    this.live = live;
    this.feed = feed;
    this.executor = executor;
    this.room = new Semaphore(parallelism);
    this.clock = clock;
  }

  /** An alert with the rule it belongs to. */
  record Raised(AlertRule rule, Alert alert) {}

  /** Whether this node evaluates the rules, and nobody else does. */
  boolean isOnDuty() {
    return onDuty && lease.isHeld();
  }

  /** Whether other nodes could evaluate the rules. */
  boolean isShared() {
    return lease.isShared();
  }

  /** For transactions of what follows from alerts; see {@link Lease#verify}. */
  void verifyDuty() {
    lease.verify();
  }

  /** Begins to evaluate, where the last evaluator left off. */
  void takeDuty() {
    load();
    onDuty = true;
  }

  /** Stops evaluating, because another node does. */
  void leaveDuty() {
    onDuty = false;
  }

  /** Takes over rules that were changed by way of other nodes. */
  void follow() {
    Set<String> known = new HashSet<>();
    for (AlertRule rule : rules.all()) {
      known.add(rule.id());
      RunningRule present = running.get(rule.id());
      if (present == null || !present.rule().equals(rule)) {
        put(rule);
      }
    }
    List.copyOf(running.keySet()).stream()
        .filter((id) -> !known.contains(id))
        .forEach(this::remove);
  }

  /** Loads the rules, and their alerts in the state in which they were left. */
  void load() {
    Instant now = clock.instant();
    Map<String, List<Alert>> restored = alerts.active();
    Map<String, RuleAlerts> loaded = new HashMap<>();
    List<AlertRule> all = rules.all();
    for (AlertRule rule : all) {
      loaded.put(rule.id(), new RuleAlerts(now, restored.getOrDefault(rule.id(), List.of())));
    }
    alerts.fired(
        now.minus(GroupMachine.FLAPPING_TIME),
        (rule, labels, time) -> {
          RuleAlerts known = loaded.get(rule);
          if (known != null) {
            known.remember(labels, time);
          }
        });
    running.keySet().retainAll(loaded.keySet());
    for (AlertRule rule : all) {
      RuleAlerts known = loaded.get(rule.id());
      if (known != null) {
        running.put(rule.id(), running(rule, known));
      }
    }
  }

  private RunningRule running(AlertRule rule, RuleAlerts known) {
    return new RunningRule(rule, known, late, live, this::publish, clock);
  }

  /**
   * Starts the evaluations that are due, the longest overdue first. To be called every few hundred
   * milliseconds.
   */
  void tick() {
    live.refresh();
    startDue();
  }

  private void startDue() {
    Instant now = clock.instant();
    if (births.getAndSet(false)) {
      running.values().forEach((rule) -> rule.hurryForBirths(now));
    }
    for (RunningRule rule : due(now)) {
      if (rule.skip(now)) {
        continue;
      }
      if (!room.tryAcquire()) {
        waiting = true;
        return;
      }
      if (rule.begin(now)) {
        start(rule, now);
      } else {
        room.release();
      }
    }
  }

  private List<RunningRule> due(Instant now) {
    // Read once, because they change meanwhile.
    record Due(RunningRule rule, Instant time) {}
    return running.values().stream()
        .map((rule) -> new Due(rule, rule.due()))
        .filter((due) -> !due.time().isAfter(now))
        .sorted(Comparator.comparing(Due::time))
        .map(Due::rule)
        .toList();
  }

  private void start(RunningRule rule, Instant now) {
    try {
      executor.execute(
          () -> {
            try {
              rule.evaluate(tools, now);
            } finally {
              room.release();
            }
            if (waiting) {
              waiting = false;
              startDue();
            }
          });
    } catch (RuntimeException ex) {
      room.release();
      throw ex;
    }
  }

  /**
   * A notification matters more than the history: a change is published even if it cannot be
   * stored, unless another node could publish it.
   */
  private void publish(String rule, RuleAlerts.Update update) {
    if (update.isEmpty()) {
      return;
    }
    List<AlertChange> stored = update.changes();
    try {
      stored = alerts.keep(rule, update);
    } catch (Lease.LostException ex) {
      onDuty = false;
      return; // its new holder finds the same changes
    } catch (DataAccessException ex) {
      LOG.error("Changes of alerts could not be stored in the history", ex);
      if (lease.isShared()) {
        // Another node may be evaluating by now: this one begins anew when it can verify that.
        onDuty = false;
        return;
      }
    }
    stored.forEach(feed::publish);
  }

  /** Applies a new or edited rule, after it was stored. */
  void put(AlertRule rule) {
    Instant now = clock.instant();
    RunningRule known = running.get(rule.id());
    if (known == null) {
      running.put(rule.id(), running(rule, new RuleAlerts(now, List.of())));
    } else {
      known.replace(rule, now);
    }
  }

  /** Evaluates a rule soon, because records arrived with which its condition may hold. */
  void hurry(String id) {
    RunningRule rule = running.get(id);
    if (rule != null) {
      rule.hurry(clock.instant());
    }
  }

  /**
   * Evaluates the rules of kind {@code new-template} soon. The next tick does so for all births
   * since the last one: a new service has thousands within a second.
   */
  void born() {
    births.set(true);
  }

  /** Evaluates the rules of a kept series soon, because it has new values. */
  void valuesKept(String series) {
    Instant now = clock.instant();
    running.values().forEach((rule) -> rule.hurryForSeries(series, now));
  }

  /** Ends a rule after it was deleted, and resolves its alerts. */
  void remove(String id) {
    live.remove(id);
    RunningRule known = running.remove(id);
    if (known != null) {
      known.end(clock.instant());
    }
  }

  /** A rule as it is evaluated; empty if there is none with the id. */
  Optional<AlertRule> rule(String id) {
    return Optional.ofNullable(running.get(id)).map(RunningRule::rule);
  }

  /** All rules as they are evaluated. */
  List<AlertRule> rules() {
    return running.values().stream().map(RunningRule::rule).toList();
  }

  RuleStatus status(String id) {
    RunningRule rule = running.get(id);
    return rule == null ? RuleStatus.UNKNOWN : rule.status();
  }

  /** The alerts that are pending or firing: firing ones first, then the most serious, by time. */
  List<Raised> active() {
    List<Raised> raised = new ArrayList<>();
    for (RunningRule rule : running.values()) {
      rule.active().forEach((alert) -> raised.add(new Raised(rule.rule(), alert)));
    }
    raised.sort(
        Comparator.comparing((Raised r) -> r.alert().state())
            .thenComparingInt((r) -> Severities.rank(r.alert().severity()))
            .reversed()
            .thenComparing((r) -> r.alert().since()));
    return raised;
  }

  @Override
  public int firing() {
    return count(AlertState.FIRING);
  }

  @Override
  public int pending() {
    return count(AlertState.PENDING);
  }

  private int count(AlertState state) {
    int count = 0;
    for (RunningRule rule : running.values()) {
      for (Alert alert : rule.active()) {
        count += alert.state() == state ? 1 : 0;
      }
    }
    return count;
  }
}
