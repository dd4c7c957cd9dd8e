package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import java.io.IOException;

/** Replaces rows by numbered ones: {@code generate_sequence}. */
public final class SequenceOperator extends Operator {

  private final long count;

  private final Budget budget;

  public SequenceOperator(long count, QueryContext context, Operator next) {
    super(next);
    this.count = count;
    budget = context.budget();
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    return false;
  }

  @Override
  public void finish() throws IOException {
    RowList out = new RowList();
    int message = out.column(Field.MESSAGE);
    boolean more = true;
    for (long i = 0; i < count && more; i++) {
      out.set(message, Long.toString(i)).end();
      if (out.isFull()) {
        budget.check();
        more = out.flush(next(), 0);
      }
    }
    if (more) {
      out.flush(next(), 0);
    }
    next().finish();
  }
}
