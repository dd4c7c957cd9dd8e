package io.logcaster.query.exec.frame;

import io.logcaster.record.Bitmap;

/** Takes the rows that a query gives. */
@FunctionalInterface
public interface RowSink {

  /**
   * Takes rows. Called by several workers at once, but never by two as the same one.
   *
   * @param rows which rows of the frame, at least one
   * @return whether more rows are wanted
   */
  public boolean push(Frame frame, Bitmap rows, int worker);
}
