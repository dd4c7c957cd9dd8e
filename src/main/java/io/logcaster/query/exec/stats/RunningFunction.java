package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.StatsCall;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.value.Numbers;
import io.logcaster.query.value.ValueOrder;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stats function whose result is known after each row. It keeps a state for each group. Not
 * thread-safe: rows come from one worker.
 */
public abstract class RunningFunction {

  private final List<FieldPattern> fields;

  /** The implementation of a call whose function {@code isRunning}. */
  public static RunningFunction of(StatsCall call) {
    List<FieldPattern> fields = call.fields();
    return switch (call.function()) {
      case COUNT -> new Count(fields);
      case FIRST -> new Edge(fields, true);
      case LAST -> new Edge(fields, false);
      case MAX -> new Extreme(fields, true);
      case MIN -> new Extreme(fields, false);
      case SUM -> new Sum(fields);
      case ANY,
          AVG,
          COUNT_EMPTY,
          COUNT_UNIQ,
          COUNT_UNIQ_HASH,
          FIELD_MAX,
          FIELD_MIN,
          HISTOGRAM,
          JSON_VALUES,
          MEDIAN,
          QUANTILE,
          RATE,
          RATE_SUM,
          ROW_ANY,
          ROW_MAX,
          ROW_MIN,
          STDDEV,
          SUM_LEN,
          UNIQ_VALUES,
          VALUES ->
          throw new IllegalArgumentException(call.function() + " has no result after each row");
    };
  }

  private RunningFunction(List<FieldPattern> fields) {
    this.fields = fields;
  }

  /** Takes the rows of a frame, one by one. */
  public abstract static class Reader {

    /** Adds a row to a group. */
    public abstract void add(int row, int group);
  }

  /**
   * Begins a frame.
   *
   * @param groups how many groups there are so far
   */
  public final Reader open(Frame frame, Bitmap rows, int groups) {
    ensure(groups);
    List<String> names = Accumulator.fields(frame, fields);
    return open(
        names,
        names.stream().map((name) -> frame.column(name).readable(rows)).toArray(Column[]::new));
  }

  public abstract Reader open(List<String> names, Column[] columns);

  abstract void ensure(int groups);

  /** Appends the result of a group so far. */
  public abstract void print(int group, ByteBuilder target);

  public abstract long memoryBytes();

  private static final class Count extends RunningFunction {

    private final boolean all;

    private long[] counts = new long[1];

    Count(List<FieldPattern> fields) {
      super(fields);
      all = FieldPattern.isAll(fields);
    }

    @Override
    public Reader open(List<String> names, Column[] columns) {
      return new Reader() {
        @Override
        public void add(int row, int group) {
          boolean counted = all;
          for (int i = 0; i < columns.length && !counted; i++) {
            counted = !columns[i].isEmpty(row);
          }
          counts[group] += counted ? 1 : 0;
        }
      };
    }

    @Override
    void ensure(int groups) {
      counts = Arrays.copyOf(counts, Accumulator.capacity(counts.length, groups));
    }

    @Override
    public void print(int group, ByteBuilder target) {
      target.append(counts[group]);
    }

    @Override
    public long memoryBytes() {
      return 8L * counts.length;
    }
  }

  /** Adds up numbers; without any number, the sum is NaN. */
  private static final class Sum extends RunningFunction {

    private double[] sums = new double[0];

    Sum(List<FieldPattern> fields) {
      super(fields);
      ensure(1);
    }

    @Override
    public Reader open(List<String> names, Column[] columns) {
      return new Reader() {
        @Override
        public void add(int row, int group) {
          for (Column column : columns) {
            double number = Numbers.parse(column.bytes(), column.start(row), column.end(row));
            if (!Double.isNaN(number)) {
              sums[group] = Double.isNaN(sums[group]) ? number : sums[group] + number;
            }
          }
        }
      };
    }

    @Override
    void ensure(int groups) {
      int before = sums.length;
      sums = Arrays.copyOf(sums, Accumulator.capacity(before, groups));
      Arrays.fill(sums, before, sums.length, Double.NaN);
    }

    @Override
    public void print(int group, ByteBuilder target) {
      target.append(Numbers.format(sums[group]));
    }

    @Override
    public long memoryBytes() {
      return 8L * sums.length;
    }
  }

  /** Keeps a value for each group. */
  private abstract static class Kept extends RunningFunction {

    private byte[] @Nullable [] values = new byte[1][];

    private long held;

    Kept(List<FieldPattern> fields) {
      super(fields);
    }

    byte @Nullable [] value(int group) {
      return values[group];
    }

    void keep(int group, Column column, int row) {
      byte[] before = values[group];
      byte[] value = Arrays.copyOfRange(column.bytes(), column.start(row), column.end(row));
      held += value.length - ((before == null) ? 0 : before.length);
      values[group] = value;
    }

    @Override
    void ensure(int groups) {
      values = Arrays.copyOf(values, Accumulator.capacity(values.length, groups));
    }

    @Override
    public void print(int group, ByteBuilder target) {
      byte[] value = values[group];
      if (value != null) {
        target.append(value);
      }
    }

    @Override
    public long memoryBytes() {
      return 24L * values.length + held;
    }
  }

  private static final class Extreme extends Kept {

    private final List<FieldPattern> fields;

    private final boolean max;

    Extreme(List<FieldPattern> fields, boolean max) {
      super(fields);
      this.fields = fields;
      this.max = max;
    }

    @Override
    public Reader open(List<String> names, Column[] columns) {
      boolean[] named = new boolean[columns.length];
      for (int i = 0; i < named.length; i++) {
        named[i] = Accumulator.isNamed(fields, names.get(i));
      }
      return new Reader() {
        @Override
        public void add(int row, int group) {
          for (int i = 0; i < columns.length; i++) {
            Column column = columns[i];
            if ((named[i] || !column.isEmpty(row)) && isBetter(group, column, row)) {
              keep(group, column, row);
            }
          }
        }
      };
    }

    private boolean isBetter(int group, Column column, int row) {
      byte[] known = value(group);
      if (known == null) {
        return true;
      }
      int order =
          ValueOrder.compare(
              column.bytes(), column.start(row), column.end(row), known, 0, known.length);
      return max ? order > 0 : order < 0;
    }
  }

  /** The value of the first or the last row. */
  private static final class Edge extends Kept {

    private final boolean first;

    Edge(List<FieldPattern> fields, boolean first) {
      super(fields);
      this.first = first;
    }

    @Override
    public Reader open(List<String> names, Column[] columns) {
      return new Reader() {
        @Override
        public void add(int row, int group) {
          if (!first || value(group) == null) {
            keep(group, columns[0], row);
          }
        }
      };
    }
  }
}
