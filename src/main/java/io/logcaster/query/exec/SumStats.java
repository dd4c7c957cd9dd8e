package io.logcaster.query.exec;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up numbers: {@code sum()}, {@code avg()} and {@code rate_sum()}. Values that are none are
 * left out.
 */
final class SumStats extends Accumulator {

  private final List<FieldPattern> fields;

  private final boolean average;

  private final double divisor;

  private double[] sums = new double[1];

  private long[] counts = new long[1];

  private double[] numbers = new double[0];

  SumStats(List<FieldPattern> fields, boolean average, double divisor) {
    this.fields = fields;
    this.average = average;
    this.divisor = divisor;
  }

  @Override
  void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
    add(frame, rows, groups, count, null);
  }

  @Override
  void addCounts(Frame frame, Bitmap rows, int @Nullable [] groups, int count, long[] rowCounts) {
    add(frame, rows, groups, count, rowCounts);
  }

  private void add(
      Frame frame, Bitmap rows, int @Nullable [] groups, int count, long @Nullable [] rowCounts) {
    ensure(count);
    if (numbers.length < frame.size()) {
      numbers = new double[frame.size()];
    }
    for (String field : fields(frame, fields)) {
      frame.column(field).measure(rows, Numbers.PARSE, numbers);
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        double number = numbers[row];
        if (!Double.isNaN(number)) {
          int group = groupOf(groups, row);
          long times = (rowCounts == null) ? 1 : rowCounts[row];
          sums[group] += number * times;
          counts[group] += times;
        }
      }
    }
  }

  private void ensure(int count) {
    int capacity = capacity(sums.length, count);
    if (capacity > sums.length) {
      sums = Arrays.copyOf(sums, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
  }

  @Override
  void merge(Accumulator other, int[] mapping, int count) {
    SumStats theirs = (SumStats) other;
    ensure(count);
    for (int i = 0; i < Math.min(mapping.length, theirs.sums.length); i++) {
      sums[mapping[i]] += theirs.sums[i];
      counts[mapping[i]] += theirs.counts[i];
    }
  }

  @Override
  void print(int group, ByteBuilder target) {
    if (group >= counts.length || counts[group] == 0) {
      target.append("NaN");
    } else {
      target.append(Numbers.format(sums[group] / (average ? counts[group] : divisor)));
    }
  }

  @Override
  long memoryBytes() {
    return 16L * sums.length + 8L * numbers.length;
  }
}
