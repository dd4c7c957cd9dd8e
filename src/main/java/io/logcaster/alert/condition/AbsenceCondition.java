package io.logcaster.alert.condition;

import io.logcaster.alert.AlertDurations;
import io.logcaster.alert.RuleKind;
import io.logcaster.alert.query.AlertQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Kind {@code absence}: a group of the query that was seen before, or is expected, has no records
 * in the window. It fires until it sends again. Without by-fields, the only group is expected.
 *
 * @param expected labels of groups that must send, also if they were never seen
 * @param forgetAfter after how long without records a group that is not expected is forgotten; null
 *     for never
 */
public record AbsenceCondition(List<Map<String, String>> expected, @Nullable Duration forgetAfter)
    implements Condition {

  private static final Duration LEAST_FORGET = Duration.ofMinutes(1);
  private static final Duration MOST_FORGET = Duration.ofDays(3650);

  static AbsenceCondition read(ConditionBody body, RuleErrors errors) {
    Set<Map<String, String>> expected = new LinkedHashSet<>();
    List<Map<String, String>> given = Objects.requireNonNullElse(body.expected(), List.of());
    for (Map<String, String> labels : given) {
      if (labels == null || labels.isEmpty() || labels.containsValue(null)) {
        errors.add("expected", "must list labels with values, such as [{\"host\":\"web-1\"}]");
        break;
      }
      expected.add(new TreeMap<>(labels));
    }
    if (expected.size() > MAX_GROUPS) {
      errors.add("expected", "must not list more than " + MAX_GROUPS + " groups");
    }
    Duration forget =
        body.forgetAfter() == null
            ? null
            : errors.duration(
                "forgetAfter", body.forgetAfter(), MOST_FORGET, LEAST_FORGET, MOST_FORGET);
    return new AbsenceCondition(new ArrayList<>(expected), forget);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.ABSENCE;
  }

  @Override
  public ConditionBody body() {
    return new ConditionBody(
        null,
        null,
        null,
        null,
        null,
        expected.isEmpty() ? null : expected,
        forgetAfter == null ? null : AlertDurations.print(forgetAfter),
        null,
        null,
        null,
        null);
  }

  @Override
  public Judge judge(AlertRule rule, RuleTools tools) {
    AlertQuery query = tools.compiler().compile(rule.query());
    Set<String> fields = Set.copyOf(query.groupFields());
    for (Map<String, String> labels : expected) {
      if (!labels.keySet().equals(fields)) {
        throw io.logcaster.system.ProblemException.invalidProperty(
            "expected",
            "must give each group the fields that the query groups by: "
                + String.join(", ", query.groupFields()));
      }
    }
    return new AbsenceJudge(rule, this, query, tools);
  }
}
