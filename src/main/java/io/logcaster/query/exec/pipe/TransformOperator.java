package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;

/**
 * Changes the fields of each row by a {@link Transform}; the rows and their order stay the same.
 */
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

  /** Computes the frame that takes the place of another. Thread-safe. */
  @FunctionalInterface
  public interface Transform {

    /**
     * Computes the new frame, of the same size.
     *
     * @param rows the selected rows, the only ones that need values; not to be changed
     */
    Frame apply(Frame frame, Bitmap rows);
  }
}
