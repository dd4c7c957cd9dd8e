package io.logcaster.transform;

import io.logcaster.query.RowPipes;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The actions that look at one record at a time. */
final class Steps {

  static final String SAMPLED = "_sampled";

  private Steps() {}

  /** Runs pipes of the query language. */
  static final class Pipes extends Step {

    private final RowPipes pipes;
    private final TransformCounters counters;
    private final ErrorMarks marks;

    Pipes(RowPipes pipes, TransformCounters counters, ErrorMarks marks) {
      this.pipes = pipes;
      this.counters = counters;
      this.marks = marks;
    }

    @Override
    boolean isStateless() {
      return true;
    }

    @Override
    void apply(Work work, Bitmap rows) {
      RowPipes.Changed changed = pipes.apply(work.batch, rows, work.alive);
      work.batch = changed.batch();
      Bitmap failed = changed.failed();
      if (failed != null) {
        counters.error(failed.cardinality());
        marks.mark(work, failed, "_time is not a time");
      }
    }
  }

  /** Sets fields to constants. */
  static final class Values extends Step {

    private final Map<String, String> values;

    Values(Map<String, String> values) {
      this.values = Map.copyOf(values);
    }

    @Override
    boolean isStateless() {
      return true;
    }

    @Override
    void apply(Work work, Bitmap rows) {
      boolean whole = rows.equals(work.alive);
      values.forEach(
          (name, value) ->
              work.batch = Patch.with(work.batch, column(work, rows, whole, name, value)));
    }

    private static Column column(Work work, Bitmap rows, boolean whole, String name, String value) {
      if (whole) {
        return ConstantColumn.of(name, value);
      }
      Patch patch = new Patch();
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        patch.put(row, bytes);
      }
      return patch.over(work.batch.column(name), work.batch.size());
    }
  }

  /** Drops records. */
  static final class Drop extends Step {

    @Override
    void apply(Work work, Bitmap rows) {
      work.remove(rows, Removal.DROP);
    }
  }

  /** Keeps every n-th record, and says so in it. */
  static final class Sample extends Step {

    private final int oneOf;
    private long seen;

    Sample(int oneOf) {
      this.oneOf = oneOf;
    }

    @Override
    void apply(Work work, Bitmap rows) {
      Patch marks = new Patch();
      byte[] number = Integer.toString(oneOf).getBytes(StandardCharsets.UTF_8);
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (seen++ % oneOf == 0) {
          marks.put(row, number);
        } else {
          work.remove(row, Removal.SAMPLE);
        }
      }
      if (!marks.isEmpty()) {
        work.batch =
            Patch.with(work.batch, marks.over(work.batch.column(SAMPLED), work.batch.size()));
      }
    }
  }

  /** Sends records to a sink instead of the storage. */
  static final class Route extends Step {

    private final String sink;
    private final RouteTarget target;
    private final TransformCounters counters;
    private final ErrorMarks marks;

    Route(String sink, RouteTarget target, TransformCounters counters, ErrorMarks marks) {
      this.sink = sink;
      this.target = target;
      this.counters = counters;
      this.marks = marks;
    }

    @Override
    boolean takesRecords() {
      return true;
    }

    @Override
    void apply(Work work, Bitmap rows) {
      CompletableFuture<?> durable = target.route(sink, work.batch.gather(rows.toArray()));
      if (durable == null) {
        // Stored rather than lost.
        counters.error(rows.cardinality());
        marks.mark(work, rows, "there is no sink " + sink);
        return;
      }
      work.routed.add(durable);
      work.remove(rows, Removal.ROUTE);
    }
  }
}
