package io.logcaster.storage;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import java.io.IOException;

/**
 * Takes what a scan finds.
 *
 * <p>A batch can be read until the scan returns, by any thread; afterwards its file may be
 * unmapped, and reading throws an {@link IllegalStateException}. A consumer that keeps rows copies
 * them with {@link RecordBatch#gather}. An exception of a consumer ends the scan on all workers and
 * passes to the caller of the scan.
 */
@FunctionalInterface
public interface BatchConsumer {

  /**
   * Takes selected rows of a batch. Called by up to {@link ScanRequest#parallelism()} threads at
   * once, but never by two at once with the same worker number.
   *
   * @param batch the records
   * @param rows which of them are selected, at least one; the consumer owns and may change it
   * @param worker from 0 to below the request's parallelism: an index for state that the consumer
   *     keeps per thread
   * @return whether to go on; false ends the scan soon, on all workers
   */
  boolean accept(RecordBatch batch, Bitmap rows, int worker);

  /**
   * Takes a block by its summary, without reading it. Called for blocks that lie completely in the
   * request's time range and may have matching rows, by the threads that call {@link #accept}.
   *
   * @return whether everything was taken that the request selects of the block; if not, the block
   *     is read
   */
  default boolean acceptUnread(BlockSummary block, int worker) {
    return false;
  }

  /**
   * The scan has met its last batch. Called once, after all calls of {@link #accept}, while their
   * batches can still be read; not called if the scan failed.
   */
  default void end() throws IOException {
    // Most consumers keep no batches.
  }
}
