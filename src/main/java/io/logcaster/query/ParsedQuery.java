package io.logcaster.query;

import io.logcaster.query.ast.BlockStatsPipe;
import io.logcaster.query.ast.FacetsPipe;
import io.logcaster.query.ast.FieldNamesPipe;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that was parsed: its text and its syntax tree, and what the paths of the API have to know
 * of its pipes.
 *
 * @param text the query as it was written
 * @param tree the syntax tree
 */
public record ParsedQuery(String text, Query tree) {

  /** The query printed from its meaning; equal meanings print equal. */
  public String canonical() {
    return tree.canonical();
  }

  /**
   * The columns of a result that is made of the rows of a {@code stats} pipe, perhaps filtered,
   * ordered or calculated with; null where the query does not end in stats.
   */
  public @Nullable StatsColumns statsColumns() {
    return StatsColumns.of(tree.pipes());
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
