package io.logcaster.alert.query;

import java.util.Arrays;
import java.util.Map;

/**
 * The values of one group over consecutive ranges of the same length. Its arrays are its own, to be
 * filled by those who make it.
 */
public final class ValueSeries {

  private final Map<String, String> labels;
  private final double[] values;
  private final double[] weights;
  private final long[] records;

  private ValueSeries(Map<String, String> labels, int count) {
    this.labels = labels;
    this.values = new double[count];
    this.weights = new double[count];
    this.records = new long[count];
    Arrays.fill(values, Double.NaN);
  }

  public static ValueSeries empty(Map<String, String> labels, int count) {
    return new ValueSeries(labels, count);
  }

  public Map<String, String> labels() {
    return labels;
  }

  /** NaN where the group has no value. */
  public double[] values() {
    return values;
  }

  /** Of how many numbers a mean is; 0 where there is none. */
  public double[] weights() {
    return weights;
  }

  /** How many records each range has; 0 unless the query counts them. */
  public long[] records() {
    return records;
  }

  void put(int index, GroupValue value) {
    values[index] = value.value();
    records[index] = Math.max(0, value.records());
  }
}
