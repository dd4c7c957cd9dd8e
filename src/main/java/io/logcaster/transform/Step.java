package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import java.util.List;

/** The action of one transform. Used by one thread at a time. */
abstract class Step {

  /**
   * Acts on rows of a batch: changes its columns, or takes rows out of it.
   *
   * @param rows at least one; not to be changed
   */
  abstract void apply(Work work, Bitmap rows);

  /** Whether each row is changed by itself, so that rows can be tried again one by one. */
  boolean isStateless() {
    return false;
  }

  /**
   * Whether rows are read, or leave the batch, as records: with the streams that they have by now.
   */
  boolean takesRecords() {
    return false;
  }

  /** When rows that are held back must go on, by {@link System#nanoTime}; the largest for never. */
  long due() {
    return Long.MAX_VALUE;
  }

  /**
   * Hands over records that were held back.
   *
   * @param now by {@link System#nanoTime}
   * @param all whether also those that could wait longer
   */
  void expire(long now, boolean all, List<Work> emitted) {}
}
