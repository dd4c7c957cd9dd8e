package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.RunningStatsPipe;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.frame.Buckets;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.GroupKeys;
import io.logcaster.query.exec.frame.TableFrame;
import io.logcaster.query.exec.stats.RunningFunction;
import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adds to rows what is calculated over the rows of their group: {@code running_stats}, {@code
 * total_stats}. Rows arrive in the order of their times and from one worker, because a sort
 * precedes this operator.
 */
public final class RunningStatsOperator extends Operator {

  private final RunningStatsPipe pipe;

  private final Budget budget;

  private final GroupKeys groups;

  private final RunningFunction[] functions;

  /** The rows that wait for the results over all rows. */
  private final List<Held> held = new ArrayList<>();

  private long reserved;

  /** Rows of a frame. */
  private static final class Held {

    private final Frame frame;

    private final Bitmap rows;

    private final int[] codes;

    Held(Frame frame, Bitmap rows, int[] codes) {
      this.frame = frame;
      this.rows = rows;
      this.codes = codes;
    }
  }

  public RunningStatsOperator(RunningStatsPipe pipe, QueryContext context, Operator next) {
    super(next);
    this.pipe = pipe;
    budget = context.budget();
    groups = new GroupKeys(pipe.by().stream().map(Buckets::key).toList());
    functions =
        pipe.calculations().stream()
            .map((calculation) -> RunningFunction.of(calculation.call()))
            .toArray(RunningFunction[]::new);
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    budget.check();
    int[] codes = new int[frame.size()];
    if (!pipe.by().isEmpty()) {
      groups.encode(frame, rows, codes);
    }
    Held taken = new Held(frame, rows, codes);
    Frame result = calculate(taken, !pipe.total(), true);
    account();
    if (!pipe.total()) {
      return next().push(result, rows, worker);
    }
    long bytes = 4L * codes.length;
    for (String name : frame.names()) {
      bytes += frame.column(name).memoryBytes();
    }
    budget.reserve(bytes);
    held.add(taken);
    return true;
  }

  /**
   * Adds rows to their groups if {@code adding}, and returns the frame with the results so far if
   * {@code printing}.
   */
  private Frame calculate(Held taken, boolean printing, boolean adding) {
    TableFrame.Builder builder = TableFrame.builder(taken.frame);
    for (int i = 0; i < functions.length; i++) {
      RunningFunction function = functions[i];
      RunningFunction.Reader reader = function.open(taken.frame, taken.rows, groups.size());
      ByteBuilder text = new ByteBuilder(256);
      int[] ends = new int[taken.frame.size()];
      int filled = 0;
      Bitmap rows = taken.rows;
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (adding) {
          reader.add(row, taken.codes[row]);
        }
        if (printing) {
          Arrays.fill(ends, filled, row, text.length());
          function.print(taken.codes[row], text);
          ends[row] = text.length();
          filled = row + 1;
        }
      }
      Arrays.fill(ends, filled, ends.length, text.length());
      String name = pipe.calculations().get(i).result();
      builder.put(name, new ArenaColumn(name, text.array(), ends, ends.length));
    }
    return builder.build();
  }

  private void account() {
    long bytes = groups.memoryBytes();
    for (RunningFunction function : functions) {
      bytes += function.memoryBytes();
    }
    budget.reserve(bytes - reserved);
    reserved = bytes;
  }

  @Override
  public void finish() throws IOException {
    for (Held taken : held) {
      budget.check();
      if (!next().push(calculate(taken, true, false), taken.rows, 0)) {
        break;
      }
    }
    held.clear();
    next().finish();
  }
}
