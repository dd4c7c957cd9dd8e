package io.logcaster.alert.query;

import io.logcaster.work.HeapShare;
import java.util.Arrays;
import java.util.Map;

/**
 * The values of one group over consecutive ranges of the same length. Its arrays are its own, to be
 * filled by those who make it.
 */
public final class ValueSeries {

  /**
   * How many values the groups of one query may have together: each takes 16 bytes until a trial
   * ends, and two trials may run. Without this, a field with many values could use up the heap.
   */
  public static final long MAX_VALUES = Math.min(5_000_000, HeapShare.TRIAL.bytes() / 16);

  private static final double[] NO_WEIGHTS = {};
  private static final long[] NO_RECORDS = {};

  private final Map<String, String> labels;
  private final double[] values;
  private double[] weights = NO_WEIGHTS;
  private long[] records = NO_RECORDS;

  private ValueSeries(Map<String, String> labels, int count) {
    this.labels = labels;
    this.values = new double[count];
    Arrays.fill(values, Double.NaN);
  }

  public static ValueSeries empty(Map<String, String> labels, int count) {
    return new ValueSeries(labels, count);
  }

  /**
   * Checks the size of a result before it is made.
   *
   * @param count how many ranges each group has
   * @throws TooManyValuesException if it is too large
   */
  static void checkSize(int groups, int count) {
    if ((long) groups * count > MAX_VALUES) {
      throw new TooManyValuesException(groups, count);
    }
  }

  public Map<String, String> labels() {
    return labels;
  }

  /** NaN where the group has no value. */
  public double[] values() {
    return values;
  }

  /** Of how many numbers a mean is, 0 where there is none; empty if the values are no means. */
  public double[] weights() {
    return weights;
  }

  /** How many records each range has; empty unless the query counts them. */
  public long[] records() {
    return records;
  }

  void put(int index, GroupValue value) {
    values[index] = value.value();
    if (value.records() >= 0) {
      putRecords(index, value.records());
    }
  }

  void putRecords(int index, long count) {
    if (records.length == 0) {
      records = new long[values.length];
    }
    records[index] = count;
  }

  void putWeight(int index, double weight) {
    if (weights.length == 0) {
      weights = new double[values.length];
    }
    weights[index] = weight;
  }
}
