package io.logcaster.alert.trial;

import io.logcaster.alert.query.Combination;
import io.logcaster.alert.query.GroupValue;
import io.logcaster.alert.query.ValueSeries;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;

/**
 * The values of one group over windows that end at consecutive steps, put together from the values
 * of single steps.
 */
final class SlidingValues implements StepValues {

  private final Map<String, String> labels;
  private final double[] values;
  private final long[] records;

  private SlidingValues(Map<String, String> labels, double[] values, long[] records) {
    this.labels = labels;
    this.values = values;
    this.records = records;
  }

  /**
   * @param size how many steps a window has
   * @param seconds how long a step is
   * @param missing the value of a window without any value
   */
  static SlidingValues of(
      ValueSeries series, int size, double seconds, Combination combination, double missing) {
    double[] found =
        size == 1
            ? series.values().clone()
            : switch (combination) {
              case SUM -> sums(series.values(), size, 1);
              case RATE -> rates(series.values(), size, seconds);
              case MEAN -> means(series, size);
              case LAST -> lasts(series.values(), size);
              case MAX -> extremes(series.values(), size, 1);
              case MIN -> extremes(series.values(), size, -1);
              case NONE -> series.values().clone();
            };
    if (!Double.isNaN(missing)) {
      for (int i = 0; i < found.length; i++) {
        found[i] = Double.isNaN(found[i]) ? missing : found[i];
      }
    }
    return new SlidingValues(series.labels(), found, counts(series.records(), size));
  }

  private static double[] sums(double[] values, int size, double divisor) {
    double[] sums = new double[values.length];
    double sum = 0;
    int present = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        sum += values[i];
        present++;
      }
      if (i >= size && !Double.isNaN(values[i - size])) {
        sum -= values[i - size];
        present--;
      }
      sum = present == 0 ? 0 : sum; // rounding errors do not outlive an empty window
      sums[i] = present == 0 ? Double.NaN : sum / divisor;
    }
    return sums;
  }

  private static double[] rates(double[] values, int size, double seconds) {
    double[] counts = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      counts[i] = exact(values[i] * seconds);
    }
    return sums(counts, size, size * seconds);
  }

  /** Undoes the rounding of a quotient whose dividend was a whole number. */
  private static double exact(double value) {
    double whole = Math.rint(value);
    return Math.abs(value - whole) < 1e-9 * Math.max(1, Math.abs(value)) ? whole : value;
  }

  private static double[] means(ValueSeries series, int size) {
    double[] weights = series.weights();
    double[] totals = new double[series.values().length];
    for (int i = 0; i < totals.length; i++) {
      totals[i] = weights.length == 0 ? Double.NaN : exact(series.values()[i] * weights[i]);
    }
    double[] sums = sums(totals, size, 1);
    double[] numbers = sums(weights, size, 1);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Double.isNaN(sums[i]) || numbers[i] == 0 ? Double.NaN : sums[i] / numbers[i];
    }
    return sums;
  }

  private static double[] lasts(double[] values, int size) {
    double[] found = new double[values.length];
    int last = -size;
    for (int i = 0; i < values.length; i++) {
      last = Double.isNaN(values[i]) ? last : i;
      found[i] = last < 0 || last <= i - size ? Double.NaN : values[last];
    }
    return found;
  }

  /** The largest values of the windows, or the smallest if the sign is -1. */
  private static double[] extremes(double[] values, int size, int sign) {
    double[] found = new double[values.length];
    ArrayDeque<Integer> best = new ArrayDeque<>();
    for (int i = 0; i < values.length; i++) {
      if (!best.isEmpty() && best.getFirst() <= i - size) {
        best.removeFirst();
      }
      if (!Double.isNaN(values[i])) {
        while (!best.isEmpty() && sign * values[best.getLast()] <= sign * values[i]) {
          best.removeLast();
        }
        best.addLast(i);
      }
      found[i] = best.isEmpty() ? Double.NaN : values[best.getFirst()];
    }
    return found;
  }

  private static long[] counts(long[] records, int size) {
    long[] sums = new long[records.length];
    long sum = 0;
    for (int i = 0; i < records.length; i++) {
      sum += records[i] - (i >= size ? records[i - size] : 0);
      sums[i] = sum;
    }
    return sums;
  }

  /** Without the first windows, which are not complete. */
  SlidingValues from(int first) {
    return first == 0
        ? this
        : new SlidingValues(
            labels,
            Arrays.copyOfRange(values, first, values.length),
            records.length == 0 ? records : Arrays.copyOfRange(records, first, records.length));
  }

  Map<String, String> labels() {
    return labels;
  }

  int size() {
    return values.length;
  }

  /** The value of the window whose last step has an index; NaN if it has none. */
  @Override
  public double value(int index) {
    return index < 0 ? Double.NaN : values[index];
  }

  /** How many records that window has; {@link GroupValue#NOT_COUNTED} if unknown. */
  @Override
  public long records(int index) {
    return records.length == 0 || index < 0 ? GroupValue.NOT_COUNTED : records[index];
  }
}
