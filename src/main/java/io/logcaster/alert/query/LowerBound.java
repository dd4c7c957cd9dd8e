package io.logcaster.alert.query;

import io.logcaster.query.ParsedQuery;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.lang.QuerySyntaxException;
import java.util.List;

/** Tells whether a value that lacks records is not above the one with all of them. */
final class LowerBound {

  private LowerBound() {}

  /**
   * Whether that is so.
   *
   * @param query rows one by one, then a stats pipe
   * @param value the calculation of that pipe
   */
  static boolean is(QueryEngine engine, ParsedQuery query, StatsPipe.Calculation value) {
    return value.condition() == null
        && value.call().function().isGrowing()
        && !hasSubquery(engine, query);
  }

  /** A filter may select more records where the rows of a query in it are missing. */
  private static boolean hasSubquery(QueryEngine engine, ParsedQuery query) {
    List<Pipe> pipes = query.tree().pipes();
    Query rows =
        new Query(
            query.tree().options(), query.tree().filter(), pipes.subList(0, pipes.size() - 1));
    try {
      engine.live(new ParsedQuery(query.text(), rows));
      return false;
    } catch (QuerySyntaxException ex) {
      return true;
    }
  }
}
