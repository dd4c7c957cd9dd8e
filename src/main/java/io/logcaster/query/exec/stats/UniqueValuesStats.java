package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.exec.stats.ValueCounts.Sorted;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.JsonString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The distinct non-empty values as a sorted JSON array: {@code uniq_values()}. */
final class UniqueValuesStats extends Accumulator {

  private final List<FieldPattern> fields;

  private final long limit;

  private final ValueCounts counts = new ValueCounts();

  private @Nullable List<Sorted> sorted;

  UniqueValuesStats(List<FieldPattern> fields, long limit) {
    this.fields = fields;
    this.limit = limit;
  }

  @Override
  public void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
    counts.add(frame, rows, groups, fields, true, null);
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    counts.merge(((UniqueValuesStats) other).counts, mapping);
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
    target.append('[');
    if (group < sorted.size()) {
      List<byte[]> values = sorted.get(group).values();
      long shown = (limit > 0) ? Math.min(limit, values.size()) : values.size();
      for (int i = 0; i < shown; i++) {
        if (i > 0) {
          target.append(',');
        }
        JsonString.append(values.get(i), 0, values.get(i).length, target);
      }
    }
    target.append(']');
  }

  @Override
  public long memoryBytes() {
    return counts.memoryBytes();
  }
}
