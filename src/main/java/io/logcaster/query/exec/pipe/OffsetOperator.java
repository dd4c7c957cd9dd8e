package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import java.util.concurrent.atomic.AtomicLong;

/** Skips a number of rows. */
public final class OffsetOperator extends Operator {

  private final AtomicLong left;

  public OffsetOperator(long offset, Operator next) {
    super(next);
    left = new AtomicLong(offset);
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    if (left.get() > 0) {
      long before = left.getAndAdd(-rows.cardinality());
      long skipped = 0;
      for (int row = rows.next(0); row >= 0 && skipped < before; row = rows.next(row + 1)) {
        rows.clear(row);
        skipped++;
      }
      if (rows.isEmpty()) {
        return true;
      }
    }
    return next().push(frame, rows, worker);
  }
}
