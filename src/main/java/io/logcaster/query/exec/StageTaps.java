package io.logcaster.query.exec;

import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.pipe.Operator;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.RowFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Watches what passes between the stages of one execution: stage 0 is the filter, the others are
 * the pipes. What a pipe gives on is counted in full, even where a later pipe needs no more.
 * Thread-safe.
 */
public final class StageTaps {

  /** The longest value that is kept, in characters. */
  private static final int MAX_VALUE = 4_000;

  /** A value of a row besides its characters: an entry of the map and a string, twice. */
  private static final int VALUE_BYTES = 160;

  private final Tap[] taps;

  private final int rows;

  private final long most;

  private final BooleanSupplier late;

  private final LongAdder scanned = new LongAdder();

  private final LongAdder filterNanos = new LongAdder();

  private final AtomicInteger failed = new AtomicInteger(-1);

  private volatile boolean cut;

  /**
   * Creates taps for one execution.
   *
   * @param pipes how many pipes the query has
   * @param rows how many rows of each stage are kept
   * @param most how many records are read, and how many rows a stage may give on
   * @param late asked often; once true, no more records are read
   */
  public StageTaps(int pipes, int rows, long most, BooleanSupplier late) {
    taps = new Tap[pipes + 1];
    this.rows = rows;
    this.most = most;
    this.late = late;
  }

  /**
   * What a stage did.
   *
   * @param rowsIn the rows it took; of the filter, the records of the range that it tested or ruled
   *     out by their index
   * @param rowsOut the rows it gave on
   * @param nanos its own time, added up over all workers
   * @param rows the first rows it gave on, by the names of their non-empty fields; long values are
   *     cut
   */
  public record Stage(long rowsIn, long rowsOut, long nanos, List<Map<String, String>> rows) {}

  /** What each stage did, the filter first; after the end of the execution. */
  public List<Stage> stages() {
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < taps.length; i++) {
      Tap tap = taps[i];
      Tap before = (i == 0) ? null : taps[i - 1];
      long in = (before == null) ? scanned.sum() : before.passed.sum();
      long nanos =
          (before == null) ? filterNanos.sum() : before.nanosAfter.sum() - tap.nanosAfter.sum();
      stages.add(new Stage(in, tap.passed.sum(), Math.max(0, nanos), List.copyOf(tap.kept)));
    }
    return stages;
  }

  /** Whether all records of the range were read and all rows were passed on. */
  public boolean isComplete() {
    return !cut;
  }

  /** The stage that a limit of the query was reached in; -1 if none. */
  public int failedStage() {
    return failed.get();
  }

  /** Whether the scan has to end. */
  boolean isEnough() {
    if (!cut && (scanned.sum() >= most || late.getAsBoolean())) {
      cut = true;
    }
    return cut;
  }

  /** Adds to the time that the filter took. */
  void filtered(long nanos) {
    filterNanos.add(nanos);
  }

  /** Counts the records that a filter looks at, or rules out by their index. */
  RowFilter filter(RowFilter filter, long minTime, long maxTime) {
    return new RowFilter() {
      @Override
      public void retain(RecordBatch batch, Bitmap selected) {
        scanned.add(selected.cardinality());
        long begin = System.nanoTime();
        try {
          filter.retain(batch, selected);
        } catch (QueryAbortedException ex) {
          failed.compareAndSet(-1, 0);
          throw ex;
        } finally {
          filtered(System.nanoTime() - begin);
        }
      }

      @Override
      public boolean mayMatch(BlockSummary block) {
        boolean matching = filter.mayMatch(block);
        if (!matching && block.minTime() >= minTime && block.maxTime() <= maxTime) {
          scanned.add(block.rows());
        }
        return matching;
      }
    };
  }

  /** Puts a tap between a stage and the operator that takes its rows. */
  Operator tap(int stage, Operator next, Budget budget) {
    Tap tap = new Tap(stage, next, budget);
    taps[stage] = tap;
    return tap;
  }

  /** Counts what one stage gives on. */
  private final class Tap extends Operator {

    private final int stage;

    private final Operator target;

    private final Budget budget;

    private final LongAdder passed = new LongAdder();

    /** The time of all that comes after this tap. */
    private final LongAdder nanosAfter = new LongAdder();

    private final List<Map<String, String>> kept = new ArrayList<>();

    private volatile boolean full = rows == 0;

    Tap(int stage, Operator target, Budget budget) {
      super(target);
      this.stage = stage;
      this.target = target;
      this.budget = budget;
    }

    @Override
    public boolean push(Frame frame, Bitmap selected, int worker) {
      passed.add(selected.cardinality());
      if (!full) {
        keep(frame, selected);
      }
      long begin = System.nanoTime();
      try {
        // A later pipe that has enough must not change what this stage is said to give on.
        boolean _ = target.push(frame, selected, worker);
      } catch (QueryAbortedException ex) {
        failed.compareAndSet(-1, stage + 1);
        throw ex;
      } finally {
        nanosAfter.add(System.nanoTime() - begin);
      }
      if (passed.sum() >= most) {
        cut = true;
        return false;
      }
      return true;
    }

    @Override
    public void finish() throws IOException {
      long begin = System.nanoTime();
      try {
        target.finish();
      } catch (QueryAbortedException ex) {
        failed.compareAndSet(-1, stage + 1);
        throw ex;
      } finally {
        nanosAfter.add(System.nanoTime() - begin);
      }
    }

    private void keep(Frame frame, Bitmap selected) {
      synchronized (kept) {
        Bitmap first = Bitmap.none(selected.size());
        int room = rows - kept.size();
        for (int row = selected.next(0); row >= 0 && room > 0; row = selected.next(row + 1)) {
          first.set(row);
          room--;
        }
        if (!first.isEmpty()) {
          kept.addAll(read(frame, first));
        }
        full = kept.size() >= rows;
      }
    }

    private List<Map<String, String>> read(Frame frame, Bitmap first) {
      Map<Integer, Map<String, String>> read = new LinkedHashMap<>();
      for (int row = first.next(0); row >= 0; row = first.next(row + 1)) {
        read.put(row, new LinkedHashMap<>());
      }
      long bytes = 0;
      for (String name : frame.names()) {
        Column column = frame.column(name).readable(first);
        for (Map.Entry<Integer, Map<String, String>> entry : read.entrySet()) {
          if (!column.isEmpty(entry.getKey())) {
            String value = shortened(column.text(entry.getKey()));
            entry.getValue().put(name, value);
            bytes += VALUE_BYTES + 2L * value.length();
          }
        }
      }
      budget.reserve(bytes);
      return List.copyOf(read.values());
    }
  }

  private static String shortened(String value) {
    if (value.length() <= MAX_VALUE) {
      return value;
    }
    int end = Character.isHighSurrogate(value.charAt(MAX_VALUE - 1)) ? MAX_VALUE - 1 : MAX_VALUE;
    return value.substring(0, end) + "…";
  }
}
