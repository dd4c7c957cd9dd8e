package io.logcaster.query;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.FirstPipe;
import io.logcaster.query.ast.FormatPipe;
import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.MathPipe;
import io.logcaster.query.ast.OffsetPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.QueryTree;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.ast.StatsPipe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that was read.
 *
 * @param text as it was written
 * @param tree what it means
 */
public record Query(String text, QueryTree tree) {

  /** The query printed from its meaning; equal meanings print equal. */
  public String canonical() {
    return tree.canonical();
  }

  /**
   * Whether the result is made of the rows of a {@code stats} pipe, perhaps filtered, ordered or
   * calculated with.
   */
  public boolean endsInStats() {
    return stats() != null;
  }

  /** The fields that the {@code stats} pipe groups by; none where the query does not end in one. */
  public List<String> statsByFields() {
    StatsPipe stats = stats();
    return (stats == null) ? List.of() : stats.by().stream().map(Bucket::field).toList();
  }

  /**
   * The fields that the {@code stats} pipe calculates; none where the query does not end in one.
   */
  public List<String> statsResults() {
    StatsPipe stats = stats();
    return (stats == null)
        ? List.of()
        : stats.calculations().stream().map(StatsPipe.Calculation::result).toList();
  }

  private @Nullable StatsPipe stats() {
    for (Pipe pipe : tree.pipes().reversed()) {
      if (pipe instanceof StatsPipe stats) {
        return stats;
      }
      if (!(pipe instanceof FilterPipe
          || pipe instanceof SortPipe
          || pipe instanceof FirstPipe
          || pipe instanceof LimitPipe
          || pipe instanceof OffsetPipe
          || pipe instanceof MathPipe
          || pipe instanceof FormatPipe)) {
        return null;
      }
    }
    return null;
  }
}
