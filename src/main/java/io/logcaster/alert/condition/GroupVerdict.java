package io.logcaster.alert.condition;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a rule's condition says of one group at one time.
 *
 * @param labels the by-fields of the group and their values
 * @param severity the severity for which the condition holds; null if it does not hold
 * @param keeps whether an alert that fires goes on firing although the condition does not hold
 * @param value the value of the group as it is shown, rounded to 15 digits; NaN if it has none
 * @param threshold the number with which it was compared; null if there is none
 * @param text explains the verdict; called only where it is shown
 */
public record GroupVerdict(
    Map<String, String> labels,
    @Nullable String severity,
    boolean keeps,
    double value,
    @Nullable Double threshold,
    Supplier<String> text) {

  public GroupVerdict {
    value = ReasonNumbers.round(value);
  }

  public static GroupVerdict holds(
      Map<String, String> labels,
      String severity,
      double value,
      @Nullable Double threshold,
      Supplier<String> text) {
    return new GroupVerdict(labels, severity, false, value, threshold, text);
  }

  public static GroupVerdict clear(
      Map<String, String> labels, double value, @Nullable Double threshold, Supplier<String> text) {
    return new GroupVerdict(labels, null, false, value, threshold, text);
  }

  /** The verdict on a group that the query no longer returns. */
  public static GroupVerdict gone(Map<String, String> labels) {
    return clear(labels, Double.NaN, null, () -> "no value any more");
  }

  public boolean holds() {
    return severity != null;
  }

  public String reason() {
    return text.get();
  }

  /** Ranks verdicts: the more serious one is larger. */
  int rank() {
    return severity == null ? (keeps ? 0 : -1) : 1 + Severities.rank(severity);
  }
}
