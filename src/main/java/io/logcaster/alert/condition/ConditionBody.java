package io.logcaster.alert.condition;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.alert.RuleKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a rule that depend on its kind, as in the API and in the control database.
 * Those that a kind does not have are null.
 *
 * @param comparison how the value is compared: {@code > >= < <= == !=}
 * @param threshold what the value is compared with
 * @param warnThreshold passing it causes an alert of severity {@code warning}
 * @param recoverThreshold a firing alert is resolved only when the value no longer passes this
 * @param minRecords with fewer records in the window, the condition does not hold
 * @param expected labels of groups that must send, also if they were never seen
 * @param forgetAfter after how long without records a group is no longer missed
 * @param baseline what a value is compared with
 * @param totalQuery the query whose value divides that of {@code query}
 * @param level the lowest level of new messages that count
 * @param sinceMark only templates born after this mark count: the mark's id, or {@code last}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConditionBody(
    @Nullable String comparison,
    @Nullable Double threshold,
    @Nullable Double warnThreshold,
    @Nullable Double recoverThreshold,
    @Nullable Long minRecords,
    @Nullable List<Map<String, String>> expected,
    @Nullable String forgetAfter,
    @Nullable BaselineBody baseline,
    @Nullable String totalQuery,
    @Nullable String level,
    @Nullable String sinceMark) {

  /**
   * What a value is compared with.
   *
   * @param method {@code previous}, {@code yesterday}, {@code last-week} or {@code median-mad}
   * @param factor how many times the earlier value, or how many deviations from the median
   * @param windows over how many windows the median is taken
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record BaselineBody(
      @Nullable String method, @Nullable Double factor, @Nullable Integer windows) {}

  private static final Set<String> LEVELS =
      Set.of("comparison", "threshold", "warnThreshold", "recoverThreshold", "minRecords");

  /** Reports properties that a kind does not have, so that no one relies on them. */
  void refuseOthers(RuleKind kind, RuleErrors errors) {
    Set<String> own =
        switch (kind) {
          case THRESHOLD -> LEVELS;
          case ABSENCE -> Set.of("expected", "forgetAfter");
          case CHANGE -> Set.of("comparison", "threshold", "minRecords", "baseline");
          case NEW_TEMPLATE -> Set.of("level", "sinceMark");
          case RATIO -> {
            Set<String> all = new java.util.HashSet<>(LEVELS);
            all.add("totalQuery");
            yield all;
          }
        };
    refuse(kind, own, errors, "comparison", comparison);
    refuse(kind, own, errors, "threshold", threshold);
    refuse(kind, own, errors, "warnThreshold", warnThreshold);
    refuse(kind, own, errors, "recoverThreshold", recoverThreshold);
    refuse(kind, own, errors, "minRecords", minRecords);
    refuse(kind, own, errors, "expected", expected);
    refuse(kind, own, errors, "forgetAfter", forgetAfter);
    refuse(kind, own, errors, "baseline", baseline);
    refuse(kind, own, errors, "totalQuery", totalQuery);
    refuse(kind, own, errors, "level", level);
    refuse(kind, own, errors, "sinceMark", sinceMark);
  }

  private static void refuse(
      RuleKind kind, Set<String> own, RuleErrors errors, String name, @Nullable Object value) {
    if (value != null && !own.contains(name)) {
      errors.add(name, "does not belong to a rule of kind " + kind.text());
    }
  }
}
