package io.logcaster.storage;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import java.io.IOException;

/**
 * Receives the records that a scan finds.
 *
 * <p>A batch can be read until the scan returns, by any thread; afterwards its file may be
 * unmapped, and reading throws an {@link IllegalStateException}. A consumer that keeps rows copies
 * them with {@link RecordBatch#gather}. An exception thrown by a consumer ends the scan on all
 * workers and reaches the caller of the scan.
 */
@FunctionalInterface
public interface BatchConsumer {

  /**
   * Takes selected rows of a batch. Called by up to {@link ScanRequest#parallelism()} threads at
   * once, but never by two at once with the same worker number.
   *
   * @param batch the records
   * @param rows the selected rows, at least one; the consumer owns the bitmap and may change it
   * @param worker a number from 0 to the request's parallelism - 1: an index for per-thread state
   *     of the consumer
   * @return whether to continue; false ends the scan soon, on all workers
   */
  boolean accept(RecordBatch batch, Bitmap rows, int worker);

  /**
   * Processes a block from its summary, without reading it. Called for blocks that lie completely
   * in the request's time range and may have matching rows, on the threads that call {@link
   * #accept}.
   *
   * @return whether all matching rows of the block are processed; if not, the block is read
   */
  default boolean acceptUnread(BlockSummary block, int worker) {
    return false;
  }

  /**
   * Ends the scan. Called once, after all calls of {@link #accept}, while their batches can still
   * be read; not called if the scan failed.
   */
  default void end() throws IOException {
    // Most consumers keep no batches.
  }
}
