package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesPredicate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows: {@code count()} all, or those with a value in some field; {@code count_empty()}
 * those without; {@code rate()} all, divided by seconds.
 */
final class CountStats extends Accumulator {

  private final List<FieldPattern> fields;

  private final boolean empty;

  private final double divisor;

  private long[] counts = new long[1];

  CountStats(List<FieldPattern> fields, boolean empty, double divisor) {
    this.fields = fields;
    this.empty = empty;
    this.divisor = divisor;
  }

  @Override
  public void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
    Bitmap counted = counted(frame, rows);
    if (groups == null) {
      counts[0] += counted.cardinality();
      return;
    }
    counts = Arrays.copyOf(counts, capacity(counts.length, count));
    long[] target = counts;
    if (counted.isFull()) {
      for (int row = 0; row < counted.size(); row++) {
        target[groups[row]]++;
      }
      return;
    }
    for (int row = counted.next(0); row >= 0; row = counted.next(row + 1)) {
      target[groups[row]]++;
    }
  }

  @Override
  public void addCounts(
      Frame frame, Bitmap rows, int @Nullable [] groups, int count, long[] rowCounts) {
    Bitmap counted = counted(frame, rows);
    counts = Arrays.copyOf(counts, capacity(counts.length, count));
    for (int row = counted.next(0); row >= 0; row = counted.next(row + 1)) {
      counts[groupOf(groups, row)] += rowCounts[row];
    }
  }

  private Bitmap counted(Frame frame, Bitmap rows) {
    return (!empty && FieldPattern.isAll(fields)) ? rows : matching(frame, rows);
  }

  private Bitmap matching(Frame frame, Bitmap rows) {
    Bitmap without = rows.copy();
    for (String field : fields(frame, fields)) {
      if (without.isEmpty()) {
        break;
      }
      frame.column(field).retain(without, BytesPredicate.EMPTY);
    }
    if (empty) {
      return without;
    }
    Bitmap with = rows.copy();
    with.andNot(without);
    return with;
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    long[] theirs = ((CountStats) other).counts;
    counts = Arrays.copyOf(counts, capacity(counts.length, count));
    for (int i = 0; i < Math.min(mapping.length, theirs.length); i++) {
      counts[mapping[i]] += theirs[i];
    }
  }

  @Override
  public void save(StateOutput out, int count) {
    for (int group = 0; group < count; group++) {
      out.number((group < counts.length) ? counts[group] : 0);
    }
  }

  @Override
  public void load(StateInput in, int count) {
    counts = new long[Math.max(1, count)];
    for (int group = 0; group < count; group++) {
      counts[group] = in.number();
    }
  }

  @Override
  public void print(int group, ByteBuilder target) {
    long count = (group < counts.length) ? counts[group] : 0;
    if (divisor == 1) {
      target.append(count);
    } else {
      target.append(Numbers.format(count / divisor));
    }
  }

  @Override
  public long memoryBytes() {
    return 8L * counts.length;
  }
}
