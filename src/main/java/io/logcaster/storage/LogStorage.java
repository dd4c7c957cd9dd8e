package io.logcaster.storage;

import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Where records are kept. Implementations are safe for use by many threads at once.
 *
 * <p>A batch belongs to the storage once it is appended; batches are immutable, so callers may go
 * on reading it.
 */
public interface LogStorage extends AutoCloseable {

  /**
   * Appends a batch, all of it or nothing. May block while the storage's own buffers are full; that
   * is the pressure that reaches back to the senders.
   *
   * @param batch the records; their times lie within the range that the storage takes
   *     <p>A batch with a {@linkplain RecordBatch#mark() mark} is stored only as the next one of
   *     its client, which spares the client any doubt about what was stored when an answer got
   *     lost: the records and the mark become durable together, the mark even where the batch has
   *     no rows. The batches of one client are to be appended one after the other; their futures
   *     need not be waited for.
   * @return completes when every record of the batch is durable and found by scans that begin
   *     later; completes with a {@link StorageReadOnlyException} while the storage takes no
   *     records, with a {@link DeliveryOrderException} where its mark is not the next one of its
   *     client, with another {@link IOException} where writing failed. A failed batch was not
   *     stored.
   */
  CompletableFuture<Void> append(RecordBatch batch);

  /**
   * Hands every record that a request selects to a consumer, and returns when all were handed over,
   * the consumer had enough or the request was cancelled, and the consumer was told of the end.
   * Each record that was durable before the call is met once, also while records are appended,
   * merged or deleted. What is damaged is left out and named in the {@linkplain ScanTrace#damage()
   * trace} of the request; the rest is found all the same.
   *
   * @throws IOException if stored records could not be read
   */
  void scan(ScanRequest request, BatchConsumer consumer) throws IOException;

  /**
   * Deletes the records that a request selects; scans that begin after it returned do not find
   * them, and a restart does not bring them back. Order, columns and parallelism of the request do
   * not matter.
   *
   * @return how many records were deleted
   * @throws IOException if stored records could not be read or rewritten; where some are damaged,
   *     after the others were deleted
   */
  long delete(ScanRequest request) throws IOException;

  /**
   * As {@link #delete(ScanRequest)}, and says how far it is. Once the request is cancelled no more
   * is deleted; what was deleted stays so.
   */
  default long delete(ScanRequest request, DeleteProgress progress) throws IOException {
    long deleted = delete(request);
    progress.progress(1, 1, deleted);
    return deleted;
  }

  /**
   * The sequence of the last delivery of a client that is durable; -1 where none is known. A
   * storage remembers the {@link Deliveries#MAX_CLIENTS} clients that delivered last, as long as it
   * remembers records.
   */
  long lastDelivery(String client);

  /** What is stored now. Cheap enough to ask every second. */
  StorageStats stats();

  /** Makes everything appended durable and lets go of all files. */
  @Override
  void close() throws IOException;
}
