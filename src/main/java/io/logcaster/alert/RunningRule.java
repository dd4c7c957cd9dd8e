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
   * A query that gives more groups than this is most likely grouped by the wrong field; its alerts
   * would help nobody and fill the memory.
   */
  static final int MAX_GROUPS = 1_000;

  /** Characters of a value that an error shows. */
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
   * @param publisher takes the changes, in their order; called while the rule is locked, so that
   *     what an evaluation found and what an edit resolved cannot overtake each other
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

  /** Whether it is time; then the next time is set and the caller must {@link #evaluate}. */
  synchronized boolean begin(Instant now) {
    if (ended || !rule.enabled() || evaluating || due.isAfter(now)) {
      return false;
    }
    evaluating = true;
    // On the grid of the interval where the evaluations keep up, else counted from now: what was
    // missed is not made up for.
    Instant next = due.plus(rule.interval());
    due = next.isAfter(now) ? next : now.plus(rule.interval());
    return true;
  }

  /** Asks the query and takes in the answer. */
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
            "The query gives %,d groups, at most %,d can have an alert. Group by fewer fields."
                .formatted(values.size(), MAX_GROUPS);
      }
    } catch (IOException | RuntimeException e) {
      error = reason(e);
    }
    finish(asked, error == null ? values : null, error == null ? strange(values) : error, now);
  }

  /** The values of two windows: of each group the one for which the condition holds. */
  private static List<GroupValue> merged(
      AlertRule rule, List<GroupValue> present, List<GroupValue> late) {
    DoublePredicate holds = rule.comparison().against(rule.threshold());
    Map<Map<String, String>, GroupValue> values = new LinkedHashMap<>();
    present.forEach(value -> values.put(value.labels(), value));
    for (GroupValue value : late) {
      GroupValue known = values.get(value.labels());
      boolean tells = value.text() != null && (known == null || Double.isNaN(known.value()));
      if (tells || (holds.test(value.value()) && (known == null || !holds.test(known.value())))) {
        values.put(value.labels(), value);
      }
    }
    return List.copyOf(values.values());
  }

  /** Says which values are no numbers, so that the rule does not pass over them in silence. */
  private static @Nullable String strange(@Nullable List<GroupValue> values) {
    for (GroupValue value : values == null ? List.<GroupValue>of() : values) {
      String text = value.text();
      if (text != null) {
        return "The value%s is '%s', which is no number. Compare a count, a sum or a field of numbers."
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
      return; // an answer to what is no longer the question
    }
    lastEvaluation = now;
    lastError = error;
    if (values != null) {
      publisher.accept(alerts.update(rule, values, now));
    }
  }

  /** Turns to an edited rule, which is evaluated at once. */
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
   * How a rule is doing.
   *
   * @param state the most serious state of its alerts
   * @param lastEvaluation when it was last evaluated; null before the first time
   * @param lastError why the last evaluation failed; null where it did not
   */
  record RuleStatus(
      AlertState state, @Nullable Instant lastEvaluation, @Nullable String lastError) {

    static final RuleStatus UNKNOWN = new RuleStatus(AlertState.INACTIVE, null, null);
  }
}
