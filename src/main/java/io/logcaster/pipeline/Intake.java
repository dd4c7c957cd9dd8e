package io.logcaster.pipeline;

import io.logcaster.record.RecordBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Accepts batches from the inputs. Thread-safe.
 *
 * <p>Records count as received when they are submitted, and each of them ends as stored, filtered,
 * rejected or dropped in the counters of its input. The returned future completes when all records
 * of the batch are durable or deliberately not stored; that is the moment to acknowledge. It
 * completes exceptionally, with the storage's exception, if they could not be stored. Its dependent
 * actions must not block.
 */
public interface Intake {

  /**
   * Submits a batch; waits while the pipeline's buffer is full or the storage accepts no records.
   * For senders that can be slowed down (TCP).
   *
   * @throws InterruptedException if the wait was interrupted; nothing was submitted
   */
  CompletableFuture<Outcome> submit(RecordBatch batch, InputMetrics input)
      throws InterruptedException;

  /** As {@link #submit}, for a batch whose sender does not wait for the answer. */
  default CompletableFuture<Outcome> submitUnawaited(RecordBatch batch, InputMetrics input)
      throws InterruptedException {
    return submit(batch, input);
  }

  /**
   * As {@link #submit}, for a batch that another node has already passed through its transforms and
   * its record filter.
   */
  default CompletableFuture<Outcome> submitPrepared(RecordBatch batch, InputMetrics input)
      throws InterruptedException {
    return submit(batch, input);
  }

  /**
   * Submits a batch if there is room now. For senders that can be asked to retry (HTTP) or that
   * cannot be slowed down (UDP).
   *
   * @return null if there is no room: nothing was submitted or counted, and the input refuses or
   *     counts it
   */
  @Nullable CompletableFuture<Outcome> offer(RecordBatch batch, InputMetrics input);

  /**
   * Submits the batches of one request if there is room for all of them now: a request is accepted
   * as a whole or not at all.
   *
   * @return one future per batch; null if there is no room: nothing was submitted or counted
   */
  @Nullable List<CompletableFuture<Outcome>> offerAll(
      List<RecordBatch> batches, InputMetrics input);

  /** The earliest time of a record that can be stored now, in nanoseconds since the epoch. */
  default long earliestTime() {
    return Long.MIN_VALUE;
  }

  /** The latest time of a record that can be stored now. */
  default long latestTime() {
    return Long.MAX_VALUE;
  }

  /**
   * The sequence of a client's last durable delivery; -1 if none is known. Batches in flight do not
   * count.
   */
  long lastDelivery(String client);

  /**
   * The outcome of a batch's records.
   *
   * @param stored how many are durable now
   * @param filtered how many the record filter and transforms removed, also into other records
   * @param outOfRange how many were rejected because of their time
   */
  record Outcome(int stored, int filtered, int outOfRange) {}
}
