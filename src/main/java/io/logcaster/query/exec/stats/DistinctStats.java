package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.GroupKeys;
import io.logcaster.query.exec.frame.KeyColumn;
import io.logcaster.query.exec.frame.PairIds;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesPredicate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts distinct tuples of values that are not all empty: {@code count_uniq()}. */
final class DistinctStats extends Accumulator {

  private final List<FieldPattern> fields;

  private final long limit;

  private final GroupKeys tuples;

  /** Pairs of a group and a tuple. */
  private final PairIds seen = new PairIds();

  private long[] counts = new long[1];

  private int[] codes = new int[0];

  DistinctStats(List<FieldPattern> fields, long limit) {
    this.fields = fields;
    this.limit = limit;
    tuples = new GroupKeys(fields.stream().map(DistinctStats::key).toList());
  }

  private static Supplier<KeyColumn> key(FieldPattern field) {
    return () -> new KeyColumn.Values(field.name(), null);
  }

  @Override
  public void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
    counts = Arrays.copyOf(counts, capacity(counts.length, count));
    Bitmap filled = filled(frame, rows, fields);
    if (codes.length < frame.size()) {
      codes = new int[frame.size()];
    }
    tuples.encode(frame, filled, codes);
    for (int row = filled.next(0); row >= 0; row = filled.next(row + 1)) {
      see(groupOf(groups, row), codes[row]);
    }
  }

  /** The rows with a value in some field. */
  static Bitmap filled(Frame frame, Bitmap rows, List<FieldPattern> fields) {
    Bitmap empty = rows.copy();
    for (FieldPattern field : fields) {
      frame.column(field.name()).retain(empty, BytesPredicate.EMPTY);
    }
    Bitmap filled = rows.copy();
    filled.andNot(empty);
    return filled;
  }

  private void see(int group, int tuple) {
    int before = seen.size();
    if ((limit == 0 || counts[group] < limit)
        && seen.id(group, tuple) == before
        && seen.size() > before) {
      counts[group]++;
    }
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    DistinctStats theirs = (DistinctStats) other;
    counts = Arrays.copyOf(counts, capacity(counts.length, count));
    int[] values = tuples.merge(theirs.tuples);
    for (int i = 0; i < theirs.seen.size(); i++) {
      see(mapping[theirs.seen.left(i)], values[theirs.seen.right(i)]);
    }
  }

  @Override
  public void save(StateOutput out, int count) {
    tuples.save(out);
    out.number(seen.size());
    for (int i = 0; i < seen.size(); i++) {
      out.number(seen.left(i)).number(seen.right(i));
    }
  }

  @Override
  public void load(StateInput in, int count) {
    counts = Arrays.copyOf(counts, capacity(counts.length, count));
    tuples.load(in);
    int pairs = in.count(2);
    for (int i = 0; i < pairs; i++) {
      see(in.below(count), in.below(tuples.size()));
    }
  }

  @Override
  public void print(int group, ByteBuilder target) {
    target.append((group < counts.length) ? counts[group] : 0);
  }

  @Override
  public long memoryBytes() {
    return tuples.memoryBytes() + seen.memoryBytes() + 8L * counts.length + 4L * codes.length;
  }
}
