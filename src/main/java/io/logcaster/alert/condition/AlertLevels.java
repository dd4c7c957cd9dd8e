package io.logcaster.alert.condition;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that a value is compared with.
 *
 * @param comparison how it is compared
 * @param threshold passing it causes an alert of the rule's severity
 * @param warn passing it causes an alert of severity {@code warning}; null for no such level
 * @param recover a firing alert is resolved only when its value no longer passes this; null if that
 *     is the threshold itself
 * @param minRecords with fewer records in the window, the condition does not hold
 */
public record AlertLevels(
    Comparison comparison,
    double threshold,
    @Nullable Double warn,
    @Nullable Double recover,
    long minRecords) {

  private static final long MOST_RECORDS = 1_000_000_000_000L;

  static @Nullable AlertLevels read(ConditionBody body, String severity, RuleErrors errors) {
    Comparison comparison =
        Comparison.of(body.comparison() == null ? "" : body.comparison()).orElse(null);
    if (comparison == null) {
      errors.add("comparison", "must be one of " + Comparison.SPELLINGS);
    }
    Double threshold = body.threshold();
    if (threshold == null || !Double.isFinite(threshold)) {
      errors.add("threshold", "must be a number to compare the query's value with");
    }
    long minRecords = minRecords(body, errors);
    if (comparison == null || threshold == null) {
      return null;
    }
    AlertLevels levels =
        new AlertLevels(
            comparison, threshold, body.warnThreshold(), body.recoverThreshold(), minRecords);
    levels.check(severity, errors);
    return levels;
  }

  static long minRecords(ConditionBody body, RuleErrors errors) {
    long minRecords = body.minRecords() == null ? 0 : body.minRecords();
    if (minRecords < 0 || minRecords > MOST_RECORDS) {
      errors.add("minRecords", "must be a number of records, 0 or more");
    }
    return minRecords;
  }

  private void check(String severity, RuleErrors errors) {
    boolean ordered = comparison.isAbove() || comparison.isBelow();
    if (warn != null) {
      if (!ordered || !passes(threshold, warn) || threshold == warn) {
        errors.add(
            "warnThreshold",
            "must be a number that a value passes before it passes 'threshold'; 'comparison' must"
                + " be one of > >= < <=");
      }
      if (Severities.rank(severity) <= Severities.rank(Severities.WARNING)) {
        errors.add(
            "severity", "must be 'error' or 'critical' in a rule that has a 'warnThreshold'");
      }
    }
    if (recover != null) {
      double lowest = warn == null ? threshold : warn;
      if (!ordered || !passes(lowest, recover)) {
        errors.add(
            "recoverThreshold",
            "must be on the healthy side of all other thresholds; 'comparison' must be one of"
                + " > >= < <=");
      }
    }
  }

  /**
   * The condition as the API shows it.
   *
   * @param totalQuery the divisor of a ratio
   */
  ConditionBody body(@Nullable String totalQuery) {
    return new ConditionBody(
        comparison().symbol(),
        threshold(),
        warn(),
        recover(),
        minRecords() == 0 ? null : minRecords(),
        null,
        null,
        null,
        totalQuery,
        null,
        null);
  }

  /** Whether a level lies beyond another one, or is the same. */
  private boolean passes(double level, double other) {
    return Double.isFinite(other) && (comparison.isBelow() ? level <= other : level >= other);
  }

  /**
   * Judges a value.
   *
   * @param severity the rule's severity
   * @param records how many records the group has; negative if unknown
   * @param after appended to explanations, such as {@code over 1m}
   */
  public GroupVerdict judge(
      Map<String, String> labels,
      double value,
      long records,
      String severity,
      Supplier<String> after) {
    if (hasTooFew(records)) {
      return GroupVerdict.clear(
          labels,
          value,
          threshold,
          () -> "%d records are fewer than %d %s".formatted(records, minRecords, after.get()));
    }
    if (comparison.test(value, threshold)) {
      return GroupVerdict.holds(
          labels, severity, value, threshold, () -> text(value, threshold, after));
    }
    if (warn != null && comparison.test(value, warn)) {
      double passed = warn;
      return GroupVerdict.holds(
          labels, Severities.WARNING, value, passed, () -> text(value, passed, after));
    }
    double least = warn == null ? threshold : warn;
    if (recover != null && comparison.test(value, recover)) {
      return new GroupVerdict(
          labels,
          null,
          true,
          value,
          least,
          () -> text(value, recover, after) + ", the threshold for recovery");
    }
    return GroupVerdict.clear(
        labels,
        value,
        least,
        () ->
            "%s is not %s %s %s"
                .formatted(
                    ReasonNumbers.print(value),
                    comparison.symbol(),
                    ReasonNumbers.print(recover == null ? least : recover),
                    after.get()));
  }

  private boolean hasTooFew(long records) {
    return minRecords > 0 && records >= 0 && records < minRecords;
  }

  /** Whether {@link #judge} says that the condition holds, for any severity. */
  public boolean holds(double value, long records) {
    return !hasTooFew(records)
        && (comparison.test(value, threshold) || comparison.test(value, lowest()));
  }

  /** Whether a value keeps an alert firing for which the condition does not hold. */
  public boolean keeps(double value, long records) {
    return !hasTooFew(records) && recover != null && comparison.test(value, recover);
  }

  private String text(double value, double level, Supplier<String> after) {
    return "%s %s %s %s"
        .formatted(
            ReasonNumbers.print(value),
            comparison.symbol(),
            ReasonNumbers.print(level),
            after.get());
  }

  /**
   * How many records a group must have for its value to pass a level; 0 if it may pass without any.
   *
   * @param atMostRecords whether no value is larger than the number of its records
   */
  long leastRecords(boolean atMostRecords) {
    boolean equal = comparison == Comparison.EQUAL && threshold > 0;
    if (!equal && (!comparison.isAbove() || comparison.test(0, lowest()))) {
      return 0;
    }
    long least = Math.max(1, minRecords);
    if (atMostRecords) {
      double passing =
          comparison == Comparison.GREATER ? Math.floor(lowest()) + 1 : Math.ceil(lowest());
      least = Math.max(least, (long) passing);
    }
    return least;
  }

  /** Whether a number of records within limits may pass the first level. */
  boolean mayPass(double least, double most) {
    double level = lowest();
    return most >= minRecords
        && switch (comparison) {
          case GREATER, GREATER_OR_EQUAL -> comparison.test(most, level);
          case LESS, LESS_OR_EQUAL -> comparison.test(least, level);
          case EQUAL -> least <= level && level <= most;
          case NOT_EQUAL -> least != level || most != level;
        };
  }

  /** The level that is passed first. */
  public double lowest() {
    return warn == null ? threshold : warn;
  }

  /** The same with another threshold, moving the others by the same amount. */
  public AlertLevels at(double moved) {
    double by = moved - threshold;
    return new AlertLevels(
        comparison,
        moved,
        warn == null ? null : warn + by,
        recover == null ? null : recover + by,
        minRecords);
  }
}
