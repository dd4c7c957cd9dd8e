package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up the lengths of values in bytes: {@code sum_len()}. */
final class SumLengthStats extends Accumulator {

  private final List<FieldPattern> fields;

  private long[] sums = new long[1];

  SumLengthStats(List<FieldPattern> fields) {
    this.fields = fields;
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
    sums = Arrays.copyOf(sums, capacity(sums.length, count));
    for (String field : fields(frame, fields)) {
      Column column = frame.column(field);
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        int length = column.end(row) - column.start(row);
        sums[groupOf(groups, row)] += (rowCounts == null) ? length : rowCounts[row] * length;
      }
    }
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    long[] theirs = ((SumLengthStats) other).sums;
    sums = Arrays.copyOf(sums, capacity(sums.length, count));
    for (int i = 0; i < Math.min(mapping.length, theirs.length); i++) {
      sums[mapping[i]] += theirs[i];
    }
  }

  @Override
  public void save(StateOutput out, int count) {
    for (int group = 0; group < count; group++) {
      out.number((group < sums.length) ? sums[group] : 0);
    }
  }

  @Override
  public void load(StateInput in, int count) {
    sums = new long[Math.max(1, count)];
    for (int group = 0; group < count; group++) {
      sums[group] = in.number();
    }
  }

  @Override
  public void print(int group, ByteBuilder target) {
    target.append((group < sums.length) ? sums[group] : 0);
  }

  @Override
  public long memoryBytes() {
    return 8L * sums.length;
  }
}
