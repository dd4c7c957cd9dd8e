package io.logcaster.query;

import io.logcaster.query.ast.BlockStatsPipe;
import io.logcaster.query.ast.FacetsPipe;
import io.logcaster.query.ast.FieldNamesPipe;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.StatsFunction;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A query that was read.
 *
 * @param text as it was written
 * @param tree what it means
 */
public record ParsedQuery(String text, Query tree) {

  /** The query printed from its meaning; equal meanings print equal. */
  public String canonical() {
    return tree.canonical();
  }

  /**
   * Whether the result is made of the rows of a {@code stats} pipe, perhaps filtered, ordered or
   * calculated with.
   */
  public boolean endsInStats() {
    return StatsColumns.of(tree.pipes()) != null;
  }

  /** The fields that the rows are grouped by; none where the query does not end in stats. */
  public List<String> statsByFields() {
    StatsColumns columns = StatsColumns.of(tree.pipes());
    return (columns == null) ? List.of() : columns.labels();
  }

  /** The fields that are calculated; none where the query does not end in stats. */
  public List<String> statsResults() {
    StatsColumns columns = StatsColumns.of(tree.pipes());
    return (columns == null) ? List.of() : columns.metrics();
  }

  /** The calculated fields that hold a histogram as a JSON array of its buckets. */
  Set<String> histograms() {
    Set<String> names = new HashSet<>();
    for (Pipe pipe : tree.pipes()) {
      if (pipe instanceof StatsPipe stats) {
        for (StatsPipe.Calculation calculation : stats.calculations()) {
          if (calculation.call().function() == StatsFunction.HISTOGRAM) {
            names.add(calculation.result());
          }
        }
      }
    }
    return names;
  }

  /**
   * The query up to its first pipe that looks at more than one row, with the times of its rows:
   * what a histogram of the records counts.
   */
  Query rowWise() {
    List<Pipe> pipes = new ArrayList<>();
    for (Pipe pipe : tree.pipes()) {
      if (!pipe.traits().isRowWise()) {
        break;
      }
      if (pipe instanceof FieldsPipe chosen) {
        List<FieldPattern> fields = new ArrayList<>(chosen.fields());
        fields.add(new FieldPattern(Field.TIME, false));
        pipes.add(new FieldsPipe(fields));
      } else {
        pipes.add(pipe);
      }
    }
    return new Query(tree.options(), tree.filter(), pipes);
  }

  /**
   * Whether the query ends in a pipe whose fields come in an order of its own; those of other rows
   * come by name.
   */
  boolean ordersFields() {
    return !tree.pipes().isEmpty()
        && (tree.pipes().getLast() instanceof FieldNamesPipe
            || tree.pipes().getLast() instanceof FacetsPipe
            || tree.pipes().getLast() instanceof BlockStatsPipe);
  }
}
