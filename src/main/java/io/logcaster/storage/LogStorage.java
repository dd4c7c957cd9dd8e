package io.logcaster.storage;

import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Where records are kept: append, scan, delete, stats, and the last delivery of a client.
 *
 * <p><b>Threads.</b> All methods may be called by many threads at once. {@link #append} returns
 * quickly unless buffers are full; {@link #scan} and {@link #delete} block their caller until they
 * are done. A storage may complete futures on a thread of its own: what is chained to them must not
 * block.
 *
 * <p><b>Ownership.</b> Batches are immutable. The storage keeps an appended batch as long as it
 * likes, and its caller may go on reading it. A scanned batch may lie in a mapped file; see {@link
 * BatchConsumer} for how long it can be read.
 *
 * <p><b>Failure.</b> {@link #append} reports every failure through its future, the other methods
 * throw. An {@link IOException} means that the disk or a server failed, and the call may be
 * retried. What a filter or a consumer throws passes through {@link #scan} and {@link #delete}
 * unchanged.
 *
 * <p><b>Cancellation.</b> {@link ScanRequest#cancelled} is asked between blocks. A cancelled scan
 * returns normally, without the records that were not handed over yet; a cancelled deletion returns
 * how many records it deleted, and they stay deleted.
 *
 * <p>The fifth method, {@link #lastDelivery}, belongs to the seam because only the storage knows
 * which marks became durable with their records. A default that knew of none would make clients
 * send again what is stored already.
 */
public interface LogStorage extends AutoCloseable {

  /**
   * Appends a batch, all of it or nothing. Blocks while the storage's own buffers are full; this is
   * the backpressure that reaches the senders.
   *
   * <p>A batch with a {@linkplain RecordBatch#mark() mark} is stored only if it is the next one of
   * its client. The records and the mark become durable together, the mark even if the batch has no
   * rows; so a client that lost an answer can ask what was stored. Append the batches of one client
   * one after the other; there is no need to wait for their futures.
   *
   * @param batch the records; their times must lie in the range that the storage takes
   * @return completes when every record of the batch is durable and found by scans that begin
   *     later. It fails with a {@link StorageReadOnlyException} while the storage takes no records,
   *     with a {@link DeliveryOrderException} if the mark is not the next one of its client, and
   *     with another {@link IOException} if writing failed. A failed batch was not stored.
   */
  CompletableFuture<Void> append(RecordBatch batch);

  /**
   * Hands every record that a request selects to a consumer. Returns when all were handed over, the
   * consumer had enough, or the request was cancelled; in each case the consumer was told of the
   * {@linkplain BatchConsumer#end end}. Each record that was durable before the call is met exactly
   * once, also while records are appended, merged or deleted. Damaged blocks are skipped and named
   * in the {@linkplain ScanTrace#damage() trace} of the request.
   *
   * @throws IOException if stored records could not be read
   */
  void scan(ScanRequest request, BatchConsumer consumer) throws IOException;

  /**
   * Deletes the records that a request selects. Scans that begin after it returned do not find
   * them, nor does a restart bring them back. Order, columns and parallelism of the request do not
   * matter.
   *
   * @return how many records were deleted
   * @throws IOException if stored records could not be read or rewritten; if some are damaged,
   *     after the others were deleted
   */
  long delete(ScanRequest request) throws IOException;

  /** As {@link #delete(ScanRequest)}, and reports its progress on the calling thread. */
  default long delete(ScanRequest request, DeleteProgress progress) throws IOException {
    long deleted = delete(request);
    progress.progress(1, 1, deleted);
    return deleted;
  }

  /**
   * The sequence of the last durable delivery of a client; -1 if none is known. A storage remembers
   * the {@link Deliveries#MAX_CLIENTS} clients that delivered last, as long as it remembers
   * records.
   */
  long lastDelivery(String client);

  /** What is stored now. Cheap enough to call every second. */
  StorageStats stats();

  /**
   * Makes everything appended durable and releases all files. Appends and scans must have ended. A
   * second call does nothing.
   */
  @Override
  void close() throws IOException;
}
