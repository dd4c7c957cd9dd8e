package io.logcaster.query.exec;

import io.logcaster.query.ast.Query;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.filter.FilterCompiler;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.pipe.Operator;
import io.logcaster.query.exec.pipe.QueryContext;
import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Runs a filter and row-wise pipes on batches as they arrive. Not thread-safe. */
public final class LivePipeline {

  private final RowMatcher matcher;

  private final List<Part> found = new ArrayList<>();

  private final Operator first;

  /** A selection of rows of a frame. */
  public record Part(Frame frame, Bitmap rows) {}

  /**
   * Creates the pipeline of a query whose pipes are all row-wise.
   *
   * @param clock gives the current time in nanoseconds since the epoch
   */
  public LivePipeline(Query query, FilterCompiler compiler, LongSupplier clock, Budget budget) {
    matcher = compiler.matcher(query.filter());
    QueryContext context =
        new QueryContext(
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            clock.getAsLong(),
            clock.getAsLong(),
            1,
            budget,
            compiler,
            new ScanCounts(),
            query.options(),
            (inner, sink) -> {});
    first =
        Plan.of(
                query.pipes(),
                context,
                (frame, rows, worker) -> {
                  found.add(new Part(frame, rows));
                  return true;
                })
            .first();
  }

  /** Runs the query on a batch. */
  public List<Part> run(RecordBatch batch) {
    return run(batch, Bitmap.all(batch.size()));
  }

  /**
   * Runs the query on some rows of a batch.
   *
   * @param rows belongs to the pipeline from now on
   */
  public List<Part> run(RecordBatch batch, Bitmap rows) {
    found.clear();
    if (batch.size() > 0) {
      Frame frame = Frame.of(batch);
      matcher.retain(frame, rows);
      if (!rows.isEmpty()) {
        first.push(frame, rows, 0);
      }
    }
    return List.copyOf(found);
  }
}
