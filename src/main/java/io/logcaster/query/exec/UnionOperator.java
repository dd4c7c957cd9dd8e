package io.logcaster.query.exec;

import io.logcaster.query.ast.QueryTree;
import io.logcaster.record.Bitmap;
import java.io.IOException;

/** Lets all rows through and adds those of another query after them. */
final class UnionOperator extends Operator {

  private final QueryTree query;

  private final QueryContext context;

  private volatile boolean enough;

  UnionOperator(QueryTree query, QueryContext context, Operator next) {
    super(next);
    this.query = query;
    this.context = context;
  }

  @Override
  boolean push(Frame frame, Bitmap rows, int worker) {
    boolean more = next().push(frame, rows, worker);
    if (!more) {
      enough = true;
    }
    return more;
  }

  @Override
  void finish() throws IOException {
    if (!enough) {
      context.subqueries().run(query, next()::push);
    }
    next().finish();
  }
}
