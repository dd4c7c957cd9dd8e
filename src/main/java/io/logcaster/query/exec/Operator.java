package io.logcaster.query.exec;

import io.logcaster.record.Bitmap;
import java.io.IOException;

/**
 * A pipe at work. Rows are pushed into it, by several workers at once but never by two as the same
 * worker; it pushes what it makes of them into the next one. After the last rows it is finished, by
 * one thread.
 */
abstract class Operator {

  private final Operator next;

  /** Makes an operator before another. */
  Operator(Operator next) {
    this.next = next;
  }

  Operator next() {
    return next;
  }

  /**
   * Takes rows.
   *
   * @param rows which rows of the frame, at least one; belongs to the operator
   * @param worker who pushes
   * @return whether more rows are wanted
   */
  abstract boolean push(Frame frame, Bitmap rows, int worker);

  /** Pushes on what was held back, because no more rows come. */
  void finish() throws IOException {
    next.finish();
  }
}
