package io.logcaster.alert;

import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** A rule with its alerts, and when it was and will be evaluated. Thread-safe. */
final class RunningRule {

  /**
   * A query with more groups than this is most likely grouped by the wrong field; that many alerts
   * would be useless and fill the memory.
   */
  static final int MAX_GROUPS = 1_000;

  /** Maximum number of characters of a value in an error. */
  private static final int MAX_SHOWN = 100;

  private final RuleAlerts alerts;
  private final LateRecords late;
  private final Consumer<List<AlertChange>> publisher;
  private AlertRule rule;
  private @Nullable AlertQuery query;
  private Instant due;
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
      Consumer<List<AlertChange>> publisher,
      Instant now) {
    this.rule = rule;
    this.alerts = alerts;
    this.late = late;
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
    // On the grid of the interval if evaluations keep up, otherwise counted from now: missed
    // evaluations are not made up for.
    Instant next = due.plus(rule.interval());
    due = next.isAfter(now) ? next : now.plus(rule.interval());
    return true;
  }

  /** Runs the query and applies its results. */
  void evaluate(AlertQuery.Compiler compiler, Instant now) {
    AlertRule asked = rule();
    List<GroupValue> values = null;
    String error = null;
    try {
      AlertQuery question = query(compiler, asked);
      values = question.ask(now.minus(asked.window()), now);
      if (!question.growsWithRecords() || !asked.comparison().isBelow()) {
        for (Instant end : late.ends(asked, now)) {
          values = merged(asked, values, question.ask(end.minus(asked.window()), end));
        }
      }
      if (values.size() > MAX_GROUPS) {
        error =
            "The query returns %,d groups, but at most %,d can have an alert. Group by fewer fields."
                .formatted(values.size(), MAX_GROUPS);
      }
    } catch (IOException | RuntimeException ex) {
      error = reason(ex);
    }
    finish(asked, error == null ? values : null, error == null ? strange(values) : error, now);
  }

  /** Merges the values of two windows: for each group, the one for which the condition holds. */
  private static List<GroupValue> merged(
      AlertRule rule, List<GroupValue> present, List<GroupValue> late) {
    DoublePredicate holds = rule.comparison().against(rule.threshold());
    Map<Map<String, String>, GroupValue> values = new LinkedHashMap<>();
    present.forEach((value) -> values.put(value.labels(), value));
    for (GroupValue value : late) {
      GroupValue known = values.get(value.labels());
      boolean tells = value.text() != null && (known == null || Double.isNaN(known.value()));
      if (tells || (holds.test(value.value()) && (known == null || !holds.test(known.value())))) {
        values.put(value.labels(), value);
      }
    }
    return List.copyOf(values.values());
  }

  /** Describes values that are not numbers, so that the rule does not ignore them silently. */
  private static @Nullable String strange(@Nullable List<GroupValue> values) {
    for (GroupValue value : values == null ? List.<GroupValue>of() : values) {
      String text = value.text();
      if (text != null) {
        return "The value%s is '%s', which is not a number. Compare a count, a sum or a field of numbers."
            .formatted(
                value.labels().isEmpty() ? "" : " of " + value.labels(),
                text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text);
      }
    }
    return null;
  }

  private static String reason(Exception failure) {
    if (failure instanceof ProblemException problem && problem.getBody().getDetail() != null) {
      return problem.getBody().getDetail();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private synchronized AlertQuery query(AlertQuery.Compiler compiler, AlertRule asked) {
    AlertQuery known = query;
    if (known == null) {
      known = compiler.compile(asked.query());
      query = known;
    }
    return known;
  }

  private synchronized void finish(
      AlertRule asked, @Nullable List<GroupValue> values, @Nullable String error, Instant now) {
    evaluating = false;
    if (ended || !asked.equals(rule)) {
      return; // the rule was edited or ended meanwhile
    }
    lastEvaluation = now;
    lastError = error;
    if (values != null) {
      publisher.accept(alerts.update(rule, values, now));
    }
  }

  /** Replaces the rule by an edited one, which is evaluated at once. */
  synchronized void replace(AlertRule edited, Instant now) {
    if (!edited.query().equals(rule.query())) {
      query = null;
    }
    rule = edited;
    due = now;
    lastError = null;
    if (!edited.enabled()) {
      publisher.accept(alerts.resolveAll(edited, now));
    }
  }

  /** Ends the rule. */
  synchronized void end(Instant now) {
    ended = true;
    publisher.accept(alerts.resolveAll(rule, now));
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
