package io.logcaster.alert.rule;

import io.logcaster.alert.AlertState;
import io.logcaster.alert.RuleKind;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.Arrivals;
import io.logcaster.alert.condition.Condition;
import io.logcaster.alert.condition.GroupVerdict;
import io.logcaster.alert.condition.Judge;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.live.LateRecords;
import io.logcaster.alert.live.LiveRules;
import io.logcaster.alert.live.LiveWatch;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.SeriesQuery;
import io.logcaster.alert.state.Alert;
import io.logcaster.alert.state.RuleAlerts;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A rule with its alerts, and when it was and will be evaluated. Thread-safe. */
final class RunningRule {

  private static final Logger LOG = LoggerFactory.getLogger(RunningRule.class);

  /** The shortest time between two evaluations, of rules without and with active alerts. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final Duration ACTIVE_PAUSE = Duration.ofMillis(700);

  /** Arriving records cause evaluations for at most one part in so many of the time. */
  private static final int SHARE = 10;

  private final RuleAlerts alerts;
  private final LateRecords late;
  private final LiveRules live;
  private final BiConsumer<String, RuleAlerts.Update> publisher;
  private final Clock clock;
  private AlertRule rule;
  private @Nullable Judge judge;
  private @Nullable LiveWatch watch;
  private long leastRecords;
  private boolean recordCount;

  /** The kept series that the rule judges; null if it judges records. */
  private @Nullable String series;

  /** The groups with an active alert, and whether it has the rule's severity already. */
  private final Map<Long, Boolean> settled = new HashMap<>();

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
      Clock clock) {
    this.rule = rule;
    this.alerts = alerts;
    this.late = late;
    this.live = live;
    this.publisher = publisher;
    this.clock = clock;
    this.due = clock.instant();
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
    if (ended
        || !rule.enabled()
        || evaluating
        || due.isAfter(now)
        || alerts.anyActive()
        || mayHold(now)) {
      return false;
    }
    setNext(now);
    lastEvaluation = now;
    lastError = null;
    publisher.accept(rule.id(), alerts.update(rule, List.of(), now));
    return true;
  }

  private boolean mayHold(Instant now) {
    LiveWatch known = watch;
    Arrivals arrivals = known == null ? null : known.arrivals(now);
    if (known == null || judge == null || arrivals == null) {
      return true;
    }
    return mayHold(judge, arrivals, now)
        || (judge.countsLate()
            && known.mayFindLate(rule.interval(), now)
            && late.ends(rule, now).stream().anyMatch((end) -> mayHoldLate(end, now)));
  }

  private boolean mayHold(Judge known, Arrivals arrivals, Instant end) {
    return (leastRecords == 0 || arrivals.most() >= leastRecords) && known.mayHold(arrivals, end);
  }

  /** Whether the late records of a past window may change something. */
  private synchronized boolean mayHoldLate(Instant end, Instant now) {
    LiveWatch known = watch;
    if (known == null
        || judge == null
        || alerts.anyActive()
        || rule.condition().kind() == RuleKind.ABSENCE) {
      return true;
    }
    Arrivals past = known.past(end, now);
    return past == null || mayHold(judge, past, end);
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
    if (alerts.anyActive() && !isNews(now)) {
      return;
    }
    Duration pause = alerts.anyActive() ? ACTIVE_PAUSE : PAUSE;
    Duration busy = lastTook.multipliedBy(SHARE);
    pause = busy.compareTo(pause) > 0 ? busy : pause;
    Instant soon = begun.plus(pause);
    soon = soon.isAfter(now) ? soon : now;
    due = soon.isBefore(due) ? soon : due;
  }

  /** Makes the rule due soon if it judges a kept series. */
  synchronized void hurryForSeries(String id, Instant now) {
    if (id.equals(series)) {
      hurry(now);
    }
  }

  /** Whether a group without an alert has enough records, or one may deserve a higher severity. */
  private boolean isNews(Instant now) {
    boolean counts = recordCount && rule.condition().kind() == RuleKind.THRESHOLD;
    Arrivals arrivals = watch == null || !counts ? null : watch.arrivals(now);
    return arrivals == null
        || arrivals.anyGroup(
            (key, least, most) ->
                most >= leastRecords && !settled.getOrDefault(key, Boolean.FALSE));
  }

  /** Makes the rule due soon if it is of kind {@code new-template}. */
  synchronized void hurryForBirths(Instant now) {
    if (rule.condition().kind() == RuleKind.NEW_TEMPLATE) {
      hurry(now);
    }
  }

  /** Judges the rule's groups and applies the verdicts. */
  void evaluate(RuleTools tools, Instant now) {
    Instant start = clock.instant();
    AlertRule asked = rule();
    Judge.Verdicts verdicts = null;
    String error = null;
    try {
      Judge known = judge(tools, asked);
      verdicts = known.judge(now);
      if (known.countsLate() && mayFindLate(now)) {
        List<Instant> ends = late.ends(asked, now);
        seedPast(ends, now);
        for (Instant end : ends) {
          verdicts = mayHoldLate(end, now) ? known.late(verdicts, end, now) : verdicts;
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
    seed(now);
    finish(asked, verdicts, error, now, Duration.between(start, clock.instant()));
  }

  private void seed(Instant now) {
    LiveWatch known;
    synchronized (this) {
      known = watch;
    }
    try {
      if (known != null) {
        known.seed(now);
      }
    } catch (IOException | RuntimeException ex) {
      // Nothing is lost: the rule asks the store, and tries again next time.
      LOG.debug("The records of a rule's window could not be counted", ex);
    }
  }

  private void seedPast(List<Instant> ends, Instant now) {
    LiveWatch known;
    synchronized (this) {
      boolean judged = rule.condition().kind() != RuleKind.ABSENCE && !alerts.anyActive();
      known = judged && !ends.isEmpty() ? watch : null;
    }
    try {
      if (known != null) {
        known.seedPast(ends, now);
      }
    } catch (IOException | RuntimeException ex) {
      LOG.debug("The records of a rule's past windows could not be counted", ex);
    }
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
    series = query instanceof SeriesQuery kept ? kept.id() : null;
    ungrouped = query.groupFields().isEmpty();
    leastRecords = rule.condition().leastRecords(query);
    recordCount = query.isRecordCount();
    settled.clear();
    if ((leastRecords > 0 || recordCount) && !ended) {
      long limit = leastRecords > 0 ? leastRecords : Long.MAX_VALUE;
      watch = live.watch(rule.id(), query, rule.window(), limit);
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
    if (verdicts != null && judge != null) {
      publisher.accept(rule.id(), alerts.update(rule, verdicts, judge::identity, now));
    }
    settle();
    Instant timer = alerts.nextFiring(rule);
    if (timer != null && timer.isAfter(now) && timer.isBefore(due)) {
      due = timer;
    }
    if (again) {
      again = false;
      hurry(now);
    }
  }

  private void settle() {
    settled.clear();
    LiveWatch known = watch;
    if (known != null) {
      alerts
          .active()
          .forEach(
              (alert) ->
                  settled.put(known.key(alert.labels()), alert.severity().equals(rule.severity())));
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
