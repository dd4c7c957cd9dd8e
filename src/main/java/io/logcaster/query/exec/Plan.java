package io.logcaster.query.exec;

import io.logcaster.query.ast.CopyPipe;
import io.logcaster.query.ast.DeletePipe;
import io.logcaster.query.ast.DropEmptyFieldsPipe;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.FirstPipe;
import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.OffsetPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.RenamePipe;
import io.logcaster.query.ast.SortKey;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.exec.SortOperator.Spec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes operators out of pipes, from the last to the first. */
final class Plan {

  private final QueryContext context;

  private @Nullable SortOperator timeSort;

  private Plan(QueryContext context) {
    this.context = context;
  }

  /**
   * The operators of a query.
   *
   * @param first what the rows of the scan are pushed into
   * @param timeSort a sort that asks only for the first or last records, null for none
   */
  record Operators(Operator first, @Nullable SortOperator timeSort) {}

  static Operators of(List<Pipe> pipes, QueryContext context, RowSink sink) {
    Plan plan = new Plan(context);
    Operator operator = new SinkOperator(sink);
    for (int i = pipes.size() - 1; i >= 0; i--) {
      operator = plan.operator(pipes.get(i), operator);
      if (operator instanceof SortOperator sort && keepsRecords(pipes.subList(0, i))) {
        plan.timeSort = sort;
      }
    }
    SortOperator sort = plan.timeSort;
    return new Operators(operator, (sort != null && sort.isByTime()) ? sort : null);
  }

  /** Whether pipes do no more than leave out rows and other fields than the time. */
  private static boolean keepsRecords(List<Pipe> pipes) {
    for (Pipe pipe : pipes) {
      if (!(pipe instanceof FilterPipe
          || pipe instanceof FieldsPipe
          || pipe instanceof DeletePipe)) {
        return false;
      }
    }
    return true;
  }

  private Operator operator(Pipe pipe, Operator next) {
    return switch (pipe) {
      case FilterPipe filter -> new FilterOperator(context.compiler().test(filter.filter()), next);
      case FieldsPipe fields -> new TransformOperator(Projections.fields(fields.fields()), next);
      case DeletePipe delete -> new TransformOperator(Projections.delete(delete.fields()), next);
      case CopyPipe copy -> new TransformOperator(Projections.copy(copy.renamings()), next);
      case RenamePipe rename -> new TransformOperator(Projections.rename(rename.renamings()), next);
      case DropEmptyFieldsPipe drop -> new Projections.DropEmptyFields(next);
      case LimitPipe limit -> new LimitOperator(limit.limit(), next);
      case OffsetPipe offset -> new OffsetOperator(offset.offset(), next);
      case SortPipe sort -> new SortOperator(spec(sort), context, next);
      case FirstPipe first -> new SortOperator(spec(first), context, next);
      case StatsPipe stats -> new StatsOperator(stats, context, next);
      default -> throw new IllegalStateException("No operator for " + pipe);
    };
  }

  private static Spec spec(SortPipe sort) {
    List<SortKey> keys = new ArrayList<>();
    for (SortKey key : sort.keys()) {
      keys.add(new SortKey(key.field(), key.descending() != sort.descending()));
    }
    return new Spec(
        keys, sort.descending(), sort.partition(), sort.offset(), sort.limit(), sort.rank());
  }

  private static Spec spec(FirstPipe first) {
    List<SortKey> keys = new ArrayList<>();
    for (SortKey key : first.keys()) {
      keys.add(new SortKey(key.field(), key.descending() != first.last()));
    }
    return new Spec(
        keys, first.last(), first.partition(), 0, Math.max(1, first.limit()), first.rank());
  }
}
