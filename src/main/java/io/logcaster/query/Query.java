package io.logcaster.query;

import io.logcaster.query.ast.QueryTree;
import java.util.List;

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

  /** The query without its pipes: the records that it looks at. */
  QueryTree selection() {
    return new QueryTree(tree.options(), tree.filter(), List.of());
  }
}
