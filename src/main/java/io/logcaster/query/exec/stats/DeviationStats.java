package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The standard deviation of a population. Means and squared differences are kept as Welford's
 * method does and merged as in Chan, Golub and LeVeque, "Updating Formulae and a Pairwise Algorithm
 * for Computing Sample Variances", 1979.
 */
final class DeviationStats extends Accumulator {

  private final List<FieldPattern> fields;

  private long[] counts = new long[1];

  private double[] means = new double[1];

  private double[] squares = new double[1];

  private double[] numbers = new double[0];

  DeviationStats(List<FieldPattern> fields) {
    this.fields = fields;
  }

  @Override
  public void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
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
          double difference = number - means[group];
          means[group] += difference / ++counts[group];
          squares[group] += difference * (number - means[group]);
        }
      }
    }
  }

  private void ensure(int count) {
    int capacity = capacity(counts.length, count);
    if (capacity > counts.length) {
      counts = Arrays.copyOf(counts, capacity);
      means = Arrays.copyOf(means, capacity);
      squares = Arrays.copyOf(squares, capacity);
    }
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    DeviationStats theirs = (DeviationStats) other;
    ensure(count);
    for (int i = 0; i < Math.min(mapping.length, theirs.counts.length); i++) {
      int group = mapping[i];
      long all = counts[group] + theirs.counts[i];
      if (theirs.counts[i] > 0) {
        double difference = theirs.means[i] - means[group];
        double share = (double) theirs.counts[i] / all;
        squares[group] += theirs.squares[i] + difference * difference * counts[group] * share;
        means[group] += difference * share;
        counts[group] = all;
      }
    }
  }

  @Override
  public void save(StateOutput out, int count) {
    ensure(count);
    for (int group = 0; group < count; group++) {
      out.number(counts[group]).real(means[group]).real(squares[group]);
    }
  }

  @Override
  public void load(StateInput in, int count) {
    ensure(count);
    for (int group = 0; group < count; group++) {
      counts[group] = in.number();
      means[group] = in.real();
      squares[group] = in.real();
    }
  }

  @Override
  public void print(int group, ByteBuilder target) {
    boolean known = group < counts.length && counts[group] > 0;
    target.append(Numbers.format(known ? Math.sqrt(squares[group] / counts[group]) : Double.NaN));
  }

  @Override
  public long memoryBytes() {
    return 24L * counts.length + 8L * numbers.length;
  }
}
