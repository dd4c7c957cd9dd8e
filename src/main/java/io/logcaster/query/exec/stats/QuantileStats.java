package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.exec.stats.ValueCounts.Sorted;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value that a share of the values does not exceed: {@code quantile()} and {@code median()}.
 * The result is exact.
 */
final class QuantileStats extends Accumulator {

  private final double phi;

  private final List<FieldPattern> fields;

  private final ValueCounts counts = new ValueCounts();

  private @Nullable List<Sorted> sorted;

  QuantileStats(double phi, List<FieldPattern> fields) {
    this.phi = phi;
    this.fields = fields;
  }

  @Override
  public void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
    counts.add(frame, rows, groups, fields, false, null);
  }

  @Override
  public void addCounts(
      Frame frame, Bitmap rows, int @Nullable [] groups, int count, long[] rowCounts) {
    counts.add(frame, rows, groups, fields, false, rowCounts);
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    counts.merge(((QuantileStats) other).counts, mapping);
  }

  @Override
  public void save(StateOutput out, int count) {
    counts.save(out);
  }

  @Override
  public void load(StateInput in, int count) {
    counts.load(in, count);
  }

  @Override
  public void print(int group, ByteBuilder target) {
    if (sorted == null) {
      sorted = counts.sorted(counts.groups());
    }
    if (group >= sorted.size()) {
      return;
    }
    Sorted values = sorted.get(group);
    long total = values.counts().stream().mapToLong(Long::longValue).sum();
    long wanted = Math.min((long) (phi * total), total - 1);
    for (int i = 0; i < values.values().size(); i++) {
      wanted -= values.counts().get(i);
      if (wanted < 0) {
        target.append(values.values().get(i));
        return;
      }
    }
  }

  @Override
  public long memoryBytes() {
    return counts.memoryBytes();
  }
}
