package io.logcaster.alert.rule;

import io.logcaster.alert.AlertState;
import io.logcaster.alert.RuleKind;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.Condition;
import io.logcaster.alert.condition.GroupVerdict;
import io.logcaster.alert.condition.Judge;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.live.LateRecords;
import io.logcaster.alert.live.LiveRules;
import io.logcaster.alert.live.LiveWatch;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.state.Alert;
import io.logcaster.alert.state.RuleAlerts;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A rule with its alerts, and when it was and will be evaluated. Thread-safe. */
final class RunningRule {

  /** The shortest time between two evaluations, of rules without and with active alerts. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final Duration ACTIVE_PAUSE = Duration.ofMillis(700);

  /** Arriving records cause evaluations for at most one part in so many of the time. */
  private static final int SHARE = 10;

  private final RuleAlerts alerts;
  private final LateRecords late;
  private final LiveRules live;
  private final BiConsumer<String, RuleAlerts.Update> publisher;
  private AlertRule rule;
  private @Nullable Judge judge;
  private @Nullable LiveWatch watch;
  private long leastRecords;
  private boolean ungrouped;
  private Instant due;
  private Instant begun = Instant.EPOCH;
  private Duration lastTook = Duration.ZERO;
  private boolean again;
  private boolean evaluating;
  private boolean ended;
  private @Nullable Instant lastEvaluation;
  private @Nullable String lastError;

  /**
   * @param publisher receives the changes in order; called while the rule is locked, so that the
   *     changes of an evaluation and of an edit cannot overtake each other
   */
  RunningRule(
      AlertRule rule,
      RuleAlerts alerts,
      LateRecords late,
      LiveRules live,
      BiConsumer<String, RuleAlerts.Update> publisher,
      Instant now) {
    this.rule = rule;
    this.alerts = alerts;
    this.late = late;
    this.live = live;
    this.publisher = publisher;
    this.due = now;
  }

  synchronized AlertRule rule() {
    return rule;
  }

  synchronized Instant due() {
    return due;
  }

  /** Whether the rule is due. If so, the next time is set and the caller must {@link #evaluate}. */
  synchronized boolean begin(Instant now) {
    if (ended || !rule.enabled() || evaluating || due.isAfter(now)) {
      return false;
    }
    evaluating = true;
    begun = now;
    setNext(now);
    return true;
  }

  private void setNext(Instant now) {
    // On the grid of the interval if evaluations keep up, otherwise counted from now: missed
    // evaluations are not made up for.
    Instant next = due.plus(rule.interval());
    due = next.isAfter(now) ? next : now.plus(rule.interval());
  }

  /**
   * Evaluates a due rule without a query, if the records that arrived show that its condition holds
   * for no group.
   *
   * @return whether that was so
   */
  synchronized boolean skip(Instant now) {
    LiveWatch known = watch;
    if (ended
        || !rule.enabled()
        || evaluating
        || due.isAfter(now)
        || known == null
        || alerts.anyActive()
        || known.mayFind(leastRecords, now)
        || known.mayFindLate(rule.interval(), now)) {
      return false;
    }
    setNext(now);
    lastEvaluation = now;
    lastError = null;
    publisher.accept(rule.id(), alerts.update(rule, List.of(), now));
    return true;
  }

  /** Makes the rule due soon, because records arrived with which its condition may hold. */
  synchronized void hurry(Instant now) {
    if (evaluating) {
      again = true;
      return;
    }
    if (ungrouped && alerts.allFiring(rule.severity())) {
      return; // more records change nothing
    }
    Duration pause = alerts.anyActive() ? ACTIVE_PAUSE : PAUSE;
    Duration busy = lastTook.multipliedBy(SHARE);
    pause = busy.compareTo(pause) > 0 ? busy : pause;
    Instant soon = begun.plus(pause);
    soon = soon.isAfter(now) ? soon : now;
    due = soon.isBefore(due) ? soon : due;
  }

  /** Makes the rule due soon if it is of kind {@code new-template}. */
  synchronized void hurryForBirths(Instant now) {
    if (rule.condition().kind() == RuleKind.NEW_TEMPLATE) {
      hurry(now);
    }
  }

  /** Judges the rule's groups and applies the verdicts. */
  void evaluate(RuleTools tools, Instant now) {
    long start = System.nanoTime();
    AlertRule asked = rule();
    Judge.Verdicts verdicts = null;
    String error = null;
    try {
      Judge known = judge(tools, asked);
      verdicts = known.judge(now);
      if (known.countsLate() && mayFindLate(now)) {
        for (Instant end : late.ends(asked, now)) {
          verdicts = known.late(verdicts, end, now);
        }
      }
      error = verdicts.trouble();
      long groups = verdicts.all().stream().filter(GroupVerdict::holds).count();
      if (groups > Condition.MAX_GROUPS) {
        verdicts = null;
        error =
            "The condition holds for %,d groups, but at most %,d can have an alert. Group by fewer fields."
                .formatted(groups, Condition.MAX_GROUPS);
      }
    } catch (IOException | RuntimeException ex) {
      verdicts = null;
      error = reason(ex);
    }
    finish(asked, verdicts, error, now, Duration.ofNanos(System.nanoTime() - start));
  }

  private synchronized boolean mayFindLate(Instant now) {
    return watch == null || watch.mayFindLate(rule.interval(), now);
  }

  private static String reason(Exception failure) {
    if (failure instanceof ProblemException problem && problem.getBody().getDetail() != null) {
      return problem.getBody().getDetail();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private synchronized Judge judge(RuleTools tools, AlertRule asked) {
    Judge known = judge;
    if (known == null) {
      known = asked.condition().judge(asked, tools);
      if (asked.equals(rule)) {
        judge = known;
        watch(tools);
      }
    }
    return known;
  }

  private void watch(RuleTools tools) {
    watch = null;
    if (rule.condition().kind() == RuleKind.NEW_TEMPLATE) {
      return;
    }
    AlertQuery query = tools.compiler().compile(rule.query());
    ungrouped = query.groupFields().isEmpty();
    leastRecords = rule.condition().leastRecords(query);
    if (leastRecords > 0 && !ended) {
      watch = live.watch(rule.id(), query, rule.window(), leastRecords);
    } else {
      live.remove(rule.id());
    }
  }

  private synchronized void finish(
      AlertRule asked,
      Judge.@Nullable Verdicts verdicts,
      @Nullable String error,
      Instant now,
      Duration took) {
    evaluating = false;
    lastTook = took;
    if (ended || !asked.equals(rule)) {
      return; // the rule was edited or ended meanwhile
    }
    lastEvaluation = now;
    lastError = error;
    if (verdicts != null) {
      publisher.accept(rule.id(), alerts.update(rule, verdicts.all(), now));
    }
    Instant timer = alerts.nextFiring(rule);
    if (timer != null && timer.isAfter(now) && timer.isBefore(due)) {
      due = timer;
    }
    if (again) {
      again = false;
      hurry(now);
    }
  }

  /** Replaces the rule by an edited one, which is evaluated at once. */
  synchronized void replace(AlertRule edited, Instant now) {
    judge = null;
    watch = null;
    rule = edited;
    due = now;
    lastError = null;
    if (!edited.enabled()) {
      publisher.accept(edited.id(), alerts.resolveAll(edited, now));
    }
  }

  /** Ends the rule. */
  synchronized void end(Instant now) {
    ended = true;
    publisher.accept(rule.id(), alerts.resolveAll(rule, now));
  }

  synchronized List<Alert> active() {
    return alerts.active();
  }

  synchronized RuleStatus status() {
    AlertState state =
        alerts.active().stream()
            .map(Alert::state)
            .max(Comparator.naturalOrder())
            .orElse(AlertState.INACTIVE);
    return new RuleStatus(state, lastEvaluation, lastError);
  }

  /**
   * The status of a rule.
   *
   * @param state the most serious state of its alerts
   * @param lastEvaluation when it was last evaluated; null before the first evaluation
   * @param lastError why the last evaluation failed; null if it did not
   */
  record RuleStatus(
      AlertState state, @Nullable Instant lastEvaluation, @Nullable String lastError) {

    static final RuleStatus UNKNOWN = new RuleStatus(AlertState.INACTIVE, null, null);
  }
}
