package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.BadStateException;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.exec.text.IntegerSums;
import io.logcaster.query.value.ExactNumbers;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up numbers: {@code sum()}, {@code avg()} and {@code rate_sum()}. Skips values that are not
 * numbers. As long as all numbers are integers, the sum is exact.
 */
final class SumStats extends Accumulator {

  private final List<FieldPattern> fields;

  private final boolean average;

  private final double divisor;

  private double[] sums = new double[1];

  private long[] counts = new long[1];

  private final IntegerSums integers = new IntegerSums();

  private double[] numbers = new double[0];

  SumStats(List<FieldPattern> fields, boolean average, double divisor) {
    this.fields = fields;
    this.average = average;
    this.divisor = divisor;
  }

  @Override
  public void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
    add(frame, rows, groups, count, null);
  }

  @Override
  public void addCounts(
      Frame frame, Bitmap rows, int @Nullable [] groups, int count, long[] rowCounts) {
    add(frame, rows, groups, count, rowCounts);
  }

  private void add(
      Frame frame, Bitmap rows, int @Nullable [] groups, int count, long @Nullable [] rowCounts) {
    ensure(count);
    if (numbers.length < frame.size()) {
      numbers = new double[frame.size()];
    }
    for (String field : fields(frame, fields)) {
      Column column = frame.column(field);
      column.measure(rows, Numbers.PARSE, numbers);
      Bitmap large = null;
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        double number = numbers[row];
        if (!Double.isNaN(number)) {
          int group = groupOf(groups, row);
          long times = (rowCounts == null) ? 1 : rowCounts[row];
          sums[group] += number * times;
          counts[group] += times;
          if (ExactNumbers.mayBeRounded(number)) {
            large = (large == null) ? Bitmap.none(rows.size()) : large;
            large.set(row);
          } else {
            integers.add(group, number, times);
          }
        }
      }
      if (large != null) {
        addLarge(column.readable(large), large, groups, rowCounts);
      }
    }
  }

  /** Adds numbers that a double cannot represent. */
  private void addLarge(
      Column column, Bitmap rows, int @Nullable [] groups, long @Nullable [] rowCounts) {
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      long times = (rowCounts == null) ? 1 : rowCounts[row];
      int from = column.start(row);
      int to = column.end(row);
      long integer = ExactNumbers.integer(column.bytes(), from, to);
      if (integer != ExactNumbers.NONE) {
        integers.add(groupOf(groups, row), integer, times);
      } else {
        BigDecimal number = ExactNumbers.measure(column.bytes(), from, to);
        integers.add(groupOf(groups, row), number, times);
      }
    }
  }

  private void ensure(int count) {
    int capacity = capacity(sums.length, count);
    if (capacity > sums.length) {
      sums = Arrays.copyOf(sums, capacity);
      counts = Arrays.copyOf(counts, capacity);
      integers.ensure(capacity);
    }
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    SumStats theirs = (SumStats) other;
    ensure(count);
    for (int i = 0; i < Math.min(mapping.length, theirs.sums.length); i++) {
      sums[mapping[i]] += theirs.sums[i];
      counts[mapping[i]] += theirs.counts[i];
      integers.add(mapping[i], theirs.integers, i);
    }
  }

  @Override
  public void save(StateOutput out, int count) {
    ensure(count);
    for (int group = 0; group < count; group++) {
      out.real(sums[group]).number(counts[group]).flag(integers.hasOthers(group));
      out.text(integers.integers(group).toByteArray());
    }
  }

  @Override
  public void load(StateInput in, int count) {
    ensure(count);
    for (int group = 0; group < count; group++) {
      sums[group] = in.real();
      counts[group] = in.number();
      boolean others = in.flag();
      byte[] integer = in.text();
      if (integer.length == 0) {
        throw new BadStateException("A sum has no digits");
      }
      integers.load(group, new BigInteger(integer), others);
    }
  }

  @Override
  public void print(int group, ByteBuilder target) {
    if (group >= counts.length || counts[group] == 0) {
      target.append("NaN");
      return;
    }
    BigInteger exact = integers.sum(group);
    double parts = average ? counts[group] : divisor;
    if (exact != null && parts == 1) {
      target.append(exact.toString());
    } else {
      double sum = (exact == null) ? sums[group] : exact.doubleValue();
      target.append(Numbers.format(sum / parts));
    }
  }

  @Override
  public long memoryBytes() {
    return 16L * sums.length + integers.memoryBytes() + 8L * numbers.length;
  }
}
