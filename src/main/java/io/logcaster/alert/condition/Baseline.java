package io.logcaster.alert.condition;

import io.logcaster.alert.AlertDurations;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a value is compared with to find a change.
 *
 * @param method which earlier windows count
 * @param comparison in which direction a change counts: {@code > >=} up, {@code < <=} down, {@code
 *     !=} both
 * @param factor how many times the earlier value, or how many deviations from the median
 * @param windows how many earlier windows are looked at
 */
public record Baseline(Method method, Comparison comparison, double factor, int windows) {

  private static final int DEFAULT_WINDOWS = 12;

  private static final int LEAST_WINDOWS = 3;

  private static final int MOST_WINDOWS = 100;

  private static final double DEFAULT_FACTOR = 3;

  /**
   * A series that hardly varies has a deviation near zero, and any change would be a large one. It
   * counts as at least this share of the median, and for counts as at least one record.
   */
  private static final double LEAST_DEVIATION = 0.05;

  /** Which earlier windows count. */
  enum Method {
    PREVIOUS("previous", "the window before", Duration.ZERO),
    YESTERDAY("yesterday", "the same window yesterday", Duration.ofDays(1)),
    LAST_WEEK("last-week", "the same window last week", Duration.ofDays(7)),
    MEDIAN_MAD("median-mad", "the median of the windows before", Duration.ZERO);

    private final String text;
    private final String words;
    private final Duration ago;

    Method(String text, String words, Duration ago) {
      this.text = text;
      this.words = words;
      this.ago = ago;
    }

    static @Nullable Method of(@Nullable String text) {
      return Arrays.stream(values()).filter((m) -> m.text.equals(text)).findFirst().orElse(null);
    }
  }

  static @Nullable Baseline read(ConditionBody body, Duration window, RuleErrors errors) {
    ConditionBody.BaselineBody given =
        body.baseline() == null
            ? new ConditionBody.BaselineBody(null, null, null)
            : body.baseline();
    Method method = Method.of(given.method());
    if (method == null) {
      errors.add(
          "baseline",
          "must have a 'method': previous, yesterday, last-week or median-mad, for example"
              + " {\"method\":\"median-mad\",\"factor\":3}");
    } else if (!method.ago.isZero() && window.compareTo(method.ago) > 0) {
      errors.add(
          "window",
          "must not be longer than " + AlertDurations.print(method.ago) + " for this baseline");
    }
    double factor = given.factor() == null ? DEFAULT_FACTOR : given.factor();
    boolean median = method == Method.MEDIAN_MAD;
    if (!Double.isFinite(factor) || factor <= 0 || (!median && factor < 1)) {
      errors.add(
          "baseline", "must have a 'factor' of at least 1, or of more than 0 for median-mad");
    }
    int windows = given.windows() == null ? DEFAULT_WINDOWS : given.windows();
    if (given.windows() != null && !median) {
      errors.add("baseline", "has 'windows' only for median-mad");
    } else if (windows < LEAST_WINDOWS || windows > MOST_WINDOWS) {
      errors.add(
          "baseline",
          "must have 'windows' between %d and %d".formatted(LEAST_WINDOWS, MOST_WINDOWS));
    }
    Comparison comparison =
        Comparison.of(Objects.requireNonNullElse(body.comparison(), ">")).orElse(null);
    if (comparison == null || comparison == Comparison.EQUAL) {
      errors.add("comparison", "must be one of > >= < <= !=");
      return null;
    }
    return method == null ? null : new Baseline(method, comparison, factor, median ? windows : 1);
  }

  public Baseline withFactor(double other) {
    return new Baseline(method, comparison, other, windows);
  }

  ConditionBody.BaselineBody body() {
    return new ConditionBody.BaselineBody(
        method.text, factor, method == Method.MEDIAN_MAD ? windows : null);
  }

  /** The start of the first earlier window, for a window that starts at a time. */
  Instant start(Instant start, Duration window) {
    return method.ago.isZero()
        ? start.minus(window.multipliedBy(windows))
        : start.minus(method.ago);
  }

  /** How far before a range its baseline begins. */
  public Duration reach(Duration window) {
    return method.ago.isZero() ? window.multipliedBy(windows) : method.ago;
  }

  /**
   * The values of the earlier windows that say something.
   *
   * @param values of all earlier windows; empty if the group has none
   * @param usable which windows have any record at all
   * @param missing the value of a group without records
   */
  public double[] select(double[] values, boolean[] usable, double missing) {
    double[] selected = new double[usable.length];
    int count = 0;
    for (int i = 0; i < usable.length; i++) {
      double value = i < values.length && !Double.isNaN(values[i]) ? values[i] : missing;
      if (usable[i] && !Double.isNaN(value)) {
        selected[count++] = value;
      }
    }
    return Arrays.copyOf(selected, count);
  }

  /**
   * The bounds within which a value is usual.
   *
   * @param past the values of earlier windows, in any order
   * @param counts whether they are counts
   * @return null if there are too few of them
   */
  @Nullable Bounds bounds(double[] past, boolean counts) {
    if (past.length < (method == Method.MEDIAN_MAD ? LEAST_WINDOWS : 1)) {
      return null;
    }
    if (method != Method.MEDIAN_MAD) {
      double center = past[0];
      return new Bounds(this, center, Double.NaN, center / factor, center * factor);
    }
    double median = median(past);
    double[] deviations = new double[past.length];
    for (int i = 0; i < past.length; i++) {
      deviations[i] = Math.abs(past[i] - median);
    }
    double deviation =
        Math.max(median(deviations), Math.max(counts ? 1 : 0, LEAST_DEVIATION * Math.abs(median)));
    return new Bounds(
        this, median, deviation, median - factor * deviation, median + factor * deviation);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * The bounds within which a value is usual.
   *
   * @param center the earlier value, or the median
   * @param deviation the median absolute deviation; NaN if there is none
   */
  record Bounds(Baseline baseline, double center, double deviation, double low, double high) {

    boolean isPassed(double value) {
      return switch (baseline.comparison) {
        case GREATER -> value > high;
        case GREATER_OR_EQUAL -> value >= high;
        case LESS -> value < low;
        case LESS_OR_EQUAL -> value <= low;
        default -> value > high || value < low;
      };
    }

    /** The largest factor with which a value may pass a bound. */
    double strength(double value) {
      if (Double.isNaN(deviation) && !(center >= 0 && value >= 0)) {
        return Double.POSITIVE_INFINITY; // of negative numbers, a larger factor may be passed
      }
      double up = Double.isNaN(deviation) ? value / center : (value - center) / deviation;
      double down = Double.isNaN(deviation) ? center / value : (center - value) / deviation;
      double strength =
          baseline.comparison.isAbove()
              ? up
              : baseline.comparison.isBelow() ? down : Math.max(up, down);
      return Double.isNaN(strength) ? Double.POSITIVE_INFINITY : strength; // 0 of 0
    }

    /** The bound that a value is closer to passing. */
    double shown(double value) {
      boolean down =
          baseline.comparison.isBelow() || (!baseline.comparison.isAbove() && value < center);
      return down ? low : high;
    }

    String explain(double value, boolean passed, String over) {
      double bound = shown(value);
      String how =
          Double.isNaN(deviation)
              ? "%s was %s, factor %s"
                  .formatted(
                      baseline.method.words,
                      ReasonNumbers.print(center),
                      ReasonNumbers.print(baseline.factor))
              : "median %s, MAD %s, factor %s, of %d windows"
                  .formatted(
                      ReasonNumbers.print(center),
                      ReasonNumbers.print(deviation),
                      ReasonNumbers.print(baseline.factor),
                      baseline.windows);
      boolean above = bound == high;
      return "%s %s%s %s %s: %s"
          .formatted(
              ReasonNumbers.print(value),
              passed ? "" : "is not ",
              above ? ">" : "<",
              ReasonNumbers.print(bound),
              over,
              how);
    }
  }
}
