package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.query.value.Numbers;
import io.logcaster.query.value.ValueOrder;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the smallest or largest value: {@code min()} and {@code max()}. */
final class ExtremeStats extends Accumulator {

  private final List<FieldPattern> fields;

  private final boolean max;

  private byte[] @Nullable [] values = new byte[1][];

  /** Bytes of the kept values. */
  private long held;

  ExtremeStats(List<FieldPattern> fields, boolean max) {
    this.fields = fields;
    this.max = max;
  }

  @Override
  public void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
    values = Arrays.copyOf(values, capacity(values.length, count));
    for (String field : fields(frame, fields)) {
      boolean named = isNamed(fields, field);
      Column all = frame.column(field);
      Bitmap some =
          switch (all) {
            case TimeColumn times -> extremes(times.times(), rows, groups, count);
            case Column numbers when numbers.isDecimal() ->
                candidates(numbers, rows, groups, count);
            default -> rows;
          };
      Column column = all.readable(some);
      byte[] bytes = column.bytes();
      for (int row = some.next(0); row >= 0; row = some.next(row + 1)) {
        int from = column.start(row);
        int to = column.end(row);
        if (named || from < to) {
          offer(groupOf(groups, row), bytes, from, to);
        }
      }
    }
  }

  /** The rows with the smallest or largest number of their group, and those without a value. */
  private Bitmap candidates(Column column, Bitmap rows, int @Nullable [] groups, int count) {
    double[] numbers = new double[rows.size()];
    column.measure(rows, Numbers.PARSE, numbers);
    double[] best = new double[count];
    Arrays.fill(best, max ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int group = groupOf(groups, row);
      double number = numbers[row];
      if (max ? number > best[group] : number < best[group]) {
        best[group] = number;
      }
    }
    Bitmap candidates = rows.copy();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      double number = numbers[row];
      if (!Double.isNaN(number) && number != best[groupOf(groups, row)]) {
        candidates.clear(row);
      }
    }
    return candidates;
  }

  /** A row with the earliest or latest time of each group; equal times are equal texts. */
  private Bitmap extremes(long[] times, Bitmap rows, int @Nullable [] groups, int count) {
    int[] best = new int[count];
    Arrays.fill(best, -1);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int group = groupOf(groups, row);
      int known = best[group];
      if (known < 0 || (max ? times[row] > times[known] : times[row] < times[known])) {
        best[group] = row;
      }
    }
    Bitmap found = Bitmap.none(rows.size());
    for (int row : best) {
      if (row >= 0) {
        found.set(row);
      }
    }
    return found;
  }

  private void offer(int group, byte[] bytes, int from, int to) {
    byte[] known = values[group];
    if (known != null) {
      if (Arrays.equals(known, 0, known.length, bytes, from, to)) {
        return;
      }
      int order = ValueOrder.compare(bytes, from, to, known, 0, known.length);
      if (max ? order <= 0 : order >= 0) {
        return;
      }
      held -= known.length;
    }
    values[group] = Arrays.copyOfRange(bytes, from, to);
    held += to - from;
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    byte[][] theirs = ((ExtremeStats) other).values;
    values = Arrays.copyOf(values, capacity(values.length, count));
    for (int i = 0; i < Math.min(mapping.length, theirs.length); i++) {
      byte[] value = theirs[i];
      if (value != null) {
        offer(mapping[i], value, 0, value.length);
      }
    }
  }

  @Override
  public void save(StateOutput out, int count) {
    for (int group = 0; group < count; group++) {
      byte[] value = (group < values.length) ? values[group] : null;
      out.flag(value != null);
      if (value != null) {
        out.text(value);
      }
    }
  }

  @Override
  public void load(StateInput in, int count) {
    values = Arrays.copyOf(values, capacity(values.length, count));
    for (int group = 0; group < count; group++) {
      if (in.flag()) {
        byte[] value = in.text();
        offer(group, value, 0, value.length);
      }
    }
  }

  @Override
  public void print(int group, ByteBuilder target) {
    byte[] value = (group < values.length) ? values[group] : null;
    if (value != null) {
      target.append(value);
    }
  }

  @Override
  public long memoryBytes() {
    return 24L * values.length + held;
  }
}
