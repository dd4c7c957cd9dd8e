package io.logcaster.storage;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import java.io.IOException;

/** Takes what a scan finds. A batch can be read until the scan returns. */
@FunctionalInterface
public interface BatchConsumer {

  /**
   * Takes selected rows of a batch. Called by up to {@link ScanRequest#parallelism()} threads at
   * once, but never by two at once for the same worker.
   *
   * @param batch the records
   * @param rows which of them are selected, at least one; belongs to the consumer
   * @param worker 0 up to the request's parallelism: an index for what the consumer keeps per
   *     thread
   * @return whether to go on; false ends the scan soon, on all workers
   */
  boolean accept(RecordBatch batch, Bitmap rows, int worker);

  /**
   * Takes a block by what is known of it without reading it. Asked for blocks that lie in the
   * request's time range as a whole and may have matching rows, by the threads that call {@link
   * #accept}.
   *
   * @return whether all was taken that the request selects of the block; where not, the block is
   *     read
   */
  default boolean acceptUnread(BlockSummary block, int worker) {
    return false;
  }

  /**
   * The scan met its last batch. Called once, by the thread that scans, while batches can still be
   * read that {@link #accept} was given; not called where the scan failed.
   */
  default void end() throws IOException {
    // Most consumers keep nothing that is still to be read.
  }
}
