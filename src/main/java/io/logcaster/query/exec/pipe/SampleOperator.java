package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import java.util.concurrent.ThreadLocalRandom;

/** Passes on a random sample of the rows: {@code sample}. */
public final class SampleOperator extends Operator {

  private final long oneOf;

  public SampleOperator(long oneOf, Operator next) {
    super(next);
    this.oneOf = oneOf;
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (random.nextLong(oneOf) != 0) {
        rows.clear(row);
      }
    }
    return rows.isEmpty() || next().push(frame, rows, worker);
  }
}
