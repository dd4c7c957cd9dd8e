package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.RowSource;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import java.io.IOException;

/** Passes on all rows, then the rows of another source: {@code union}. */
public final class UnionOperator extends Operator {

  private final RowSource source;

  private final QueryContext context;

  private volatile boolean enough;

  public UnionOperator(RowSource source, QueryContext context, Operator next) {
    super(next);
    this.source = source;
    this.context = context;
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    boolean more = next().push(frame, rows, worker);
    if (!more) {
      enough = true;
    }
    return more;
  }

  @Override
  public void finish() throws IOException {
    if (!enough) {
      OtherRows.run(source, context, next());
    }
    next().finish();
  }
}
