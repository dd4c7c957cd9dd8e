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
 * <p><b>Ownership.</b> Batches are immutable. The storage may keep a reference to an appended
 * batch, and the caller may continue to read it. A scanned batch may lie in a mapped file; see
 * {@link BatchConsumer} for how long it can be read.
 *
 * <p><b>Failure.</b> {@link #append} reports every failure through its future, the other methods
 * throw. An {@link IOException} means that the disk or a server failed, and the call may be
 * retried. Exceptions thrown by a filter or a consumer pass through {@link #scan} and {@link
 * #delete} unchanged.
 *
 * <p><b>Cancellation.</b> {@link ScanRequest#cancelled} is checked between blocks. A cancelled scan
 * returns normally, without the remaining records; a cancelled deletion returns the number of
 * records it deleted, and they stay deleted.
 *
 * <p>The fifth method, {@link #lastDelivery}, belongs to this interface because only the storage
 * knows which marks became durable with their records. A default that returns -1 would make clients
 * resend what is already stored.
 */
public interface LogStorage extends AutoCloseable {

  /**
   * Appends a batch, all of it or nothing. Blocks while the storage's own buffers are full; this is
   * the backpressure that reaches the senders.
   *
   * <p>A batch with a {@linkplain RecordBatch#mark() mark} is stored only if it is the next one of
   * its client. The records and the mark become durable together, the mark even if the batch has no
   * rows; so a client that lost an answer can find out what was stored. Append the batches of one
   * client in order; there is no need to wait for their futures.
   *
   * @param batch the records; their times must lie in the range that the storage accepts
   * @return completes when every record of the batch is durable and visible to later scans. It
   *     fails with a {@link StorageReadOnlyException} while the storage is read-only, with a {@link
   *     DeliveryOrderException} if the mark is not the next one of its client, and with another
   *     {@link IOException} if writing failed. A failed batch was not stored.
   */
  CompletableFuture<Void> append(RecordBatch batch);

  /**
   * As {@link #append}, for a batch whose sender does not wait for the answer: a storage may let it
   * wait some hundredths of a second for others, where that makes both cheaper.
   */
  default CompletableFuture<Void> appendSoon(RecordBatch batch) {
    return append(batch);
  }

  /**
   * Passes every record that a request selects to a consumer. Returns when all records were passed,
   * the consumer stopped the scan, or the request was cancelled; in each case it calls {@link
   * BatchConsumer#end} first. Each record that was durable before the call is passed exactly once,
   * even while records are appended, merged or deleted. Damaged blocks are skipped and listed in
   * the {@linkplain ScanTrace#damage() trace} of the request.
   *
   * @throws IOException if stored records could not be read
   */
  void scan(ScanRequest request, BatchConsumer consumer) throws IOException;

  /**
   * Deletes the records that a request selects. Scans that begin after the call do not find them,
   * and a restart does not bring them back. The order, columns and parallelism of the request are
   * ignored.
   *
   * @return the number of deleted records @throws IOException if stored records could not be read
   *     or rewritten; if some are damaged, the others are deleted first
   */
  long delete(ScanRequest request) throws IOException;

  /** As {@link #delete(ScanRequest)}, and reports its progress on the calling thread. */
  default long delete(ScanRequest request, DeleteProgress progress) throws IOException {
    long deleted = delete(request);
    progress.progress(1, 1, deleted);
    return deleted;
  }

  /**
   * The sequence of the last durable delivery of a client; -1 if unknown. A storage remembers the
   * {@link Deliveries#MAX_CLIENTS} clients with the most recent deliveries, for as long as it keeps
   * records.
   */
  long lastDelivery(String client);

  /**
   * Whether several servers may append to the same records and marks at once, as in a database of
   * their own. Such a storage checks the order of a client's deliveries for all of them.
   */
  default boolean isShared() {
    return false;
  }

  /** Current figures of the storage. Cheap enough to call every second. */
  StorageStats stats();

  /**
   * Makes everything appended durable and releases all files. Appends and scans must have ended. A
   * second call does nothing.
   */
  @Override
  void close() throws IOException;
}
