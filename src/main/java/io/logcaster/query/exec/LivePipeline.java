package io.logcaster.query.exec;

import io.logcaster.query.ast.CoalescePipe;
import io.logcaster.query.ast.CollapseNumsPipe;
import io.logcaster.query.ast.CopyPipe;
import io.logcaster.query.ast.DecolorizePipe;
import io.logcaster.query.ast.DeletePipe;
import io.logcaster.query.ast.DropEmptyFieldsPipe;
import io.logcaster.query.ast.ExtractPipe;
import io.logcaster.query.ast.ExtractRegexpPipe;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.FormatPipe;
import io.logcaster.query.ast.HashPipe;
import io.logcaster.query.ast.JsonArrayConcatPipe;
import io.logcaster.query.ast.JsonArrayLenPipe;
import io.logcaster.query.ast.LenPipe;
import io.logcaster.query.ast.MathPipe;
import io.logcaster.query.ast.PackJsonPipe;
import io.logcaster.query.ast.PackLogfmtPipe;
import io.logcaster.query.ast.PatternPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.RenamePipe;
import io.logcaster.query.ast.ReplacePipe;
import io.logcaster.query.ast.ReplaceRegexpPipe;
import io.logcaster.query.ast.SamplePipe;
import io.logcaster.query.ast.SetStreamFieldsPipe;
import io.logcaster.query.ast.SplitPipe;
import io.logcaster.query.ast.TimeAddPipe;
import io.logcaster.query.ast.UnpackPairsPipe;
import io.logcaster.query.ast.UnpackSyslogPipe;
import io.logcaster.query.ast.UnpackWordsPipe;
import io.logcaster.query.ast.UnrollPipe;
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

/**
 * A filter and pipes that need one row at a time, at work on batches as they come. Not thread-safe.
 */
public final class LivePipeline {

  private final RowMatcher test;

  private final List<Part> found = new ArrayList<>();

  private final Operator first;

  /** Some rows of a frame. */
  public record Part(Frame frame, Bitmap rows) {}

  /**
   * Makes a pipeline of a query whose pipes are all {@link #isRowWise}.
   *
   * @param clock gives the present in nanoseconds since the epoch
   */
  public LivePipeline(Query query, FilterCompiler compiler, LongSupplier clock, Budget budget) {
    test = compiler.test(query.filter());
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

  /** Whether a pipe makes rows out of one row, without looking at others. */
  public static boolean isRowWise(Pipe pipe) {
    return switch (pipe) {
      case CoalescePipe p -> true;
      case CollapseNumsPipe p -> true;
      case CopyPipe p -> true;
      case DecolorizePipe p -> true;
      case DeletePipe p -> true;
      case DropEmptyFieldsPipe p -> true;
      case ExtractPipe p -> true;
      case ExtractRegexpPipe p -> true;
      case FieldsPipe p -> true;
      case FilterPipe p -> true;
      case FormatPipe p -> true;
      case HashPipe p -> true;
      case JsonArrayConcatPipe p -> true;
      case JsonArrayLenPipe p -> true;
      case LenPipe p -> true;
      case MathPipe p -> true;
      case PackJsonPipe p -> true;
      case PackLogfmtPipe p -> true;
      case PatternPipe p -> true;
      case RenamePipe p -> true;
      case ReplacePipe p -> true;
      case ReplaceRegexpPipe p -> true;
      case SamplePipe p -> true;
      case SetStreamFieldsPipe p -> true;
      case SplitPipe p -> true;
      case TimeAddPipe p -> true;
      case UnpackPairsPipe p -> true;
      case UnpackSyslogPipe p -> true;
      case UnpackWordsPipe p -> true;
      case UnrollPipe p -> true;
      default -> false;
    };
  }

  /** The rows that the query makes of a batch. */
  public List<Part> run(RecordBatch batch) {
    found.clear();
    if (batch.size() > 0) {
      Frame frame = Frame.of(batch);
      Bitmap rows = Bitmap.all(batch.size());
      test.retain(frame, rows);
      if (!rows.isEmpty()) {
        first.push(frame, rows, 0);
      }
    }
    return List.copyOf(found);
  }
}
