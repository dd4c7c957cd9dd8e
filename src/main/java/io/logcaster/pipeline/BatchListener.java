package io.logcaster.pipeline;

import io.logcaster.record.RecordBatch;

/** Is shown every batch that was stored: the live tail, sinks. */
@FunctionalInterface
public interface BatchListener {

  /**
   * Called after the batch is durable, on the thread that completes it, so it must return at once
   * and never throw. Batches may come in another order than they were received.
   */
  void stored(RecordBatch batch);
}
