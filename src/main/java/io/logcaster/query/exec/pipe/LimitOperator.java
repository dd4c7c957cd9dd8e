package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import java.util.concurrent.atomic.AtomicLong;

/** Passes on a number of rows: {@code limit}. */
public final class LimitOperator extends Operator {

  private final AtomicLong left;

  public LimitOperator(long limit, Operator next) {
    super(next);
    left = new AtomicLong(limit);
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    int count = rows.cardinality();
    long before = left.getAndAdd(-count);
    if (before <= 0) {
      return false;
    }
    if (before < count) {
      long kept = 0;
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (++kept > before) {
          rows.clear(row);
        }
      }
    }
    return next().push(frame, rows, worker) && before > count;
  }
}
