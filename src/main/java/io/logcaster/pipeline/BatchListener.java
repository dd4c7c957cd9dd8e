package io.logcaster.pipeline;

import io.logcaster.record.RecordBatch;

/** Receives every stored batch: the live tail, sinks. */
@FunctionalInterface
public interface BatchListener {

  /**
   * Called after the batch is durable, on the thread that completes it, so it must return at once
   * and never throw. Batches may arrive in a different order than they were received.
   */
  void stored(RecordBatch batch);

  /**
   * Called as {@link #stored}, but with the batch as it was submitted: also with the records that
   * were filtered or rejected, even if none is left.
   */
  default void delivered(RecordBatch batch) {}

  /** Whether {@link #taken} wants records now; asked for each batch. */
  default boolean watchesTaken() {
    return false;
  }

  /**
   * Called with copies of records that are not stored, marked with who took them out, if {@link
   * #watchesTaken}; on the pipeline's thread, so it must return at once and never throw.
   */
  default void taken(RecordBatch records) {}
}
