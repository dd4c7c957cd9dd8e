package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;

/** Makes another row out of each row, without changing their number or order. */
public final class TransformOperator extends Operator {

  private final Transform transform;

  public TransformOperator(Transform transform, Operator next) {
    super(next);
    this.transform = transform;
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    return next().push(transform.apply(frame, rows), rows, worker);
  }

  /** What becomes of the rows of a frame. Safe for use by many threads at once. */
  @FunctionalInterface
  public interface Transform {

    /**
     * Makes the new frame, of the same size.
     *
     * @param rows the rows that matter; not to be changed
     */
    Frame apply(Frame frame, Bitmap rows);
  }
}
