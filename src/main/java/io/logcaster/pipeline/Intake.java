package io.logcaster.pipeline;

import io.logcaster.record.RecordBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where inputs hand in what they received. Safe for use by many threads at once.
 *
 * <p>The records count as received when they are handed in, and each of them ends as stored,
 * filtered, rejected or dropped in the counters of its input. The future that comes back completes
 * when all of the batch's records are durable or deliberately not kept; that is the moment to
 * acknowledge. It completes exceptionally, with the storage's exception, where they could not be
 * stored. What depends on it must not block.
 */
public interface Intake {

  /**
   * Hands in a batch, waiting for room while the pipeline's buffer is full or the storage takes no
   * records. A sender that can be slowed down (TCP) is served this way.
   *
   * @throws InterruptedException if the wait was interrupted; nothing was handed in
   */
  CompletableFuture<Outcome> submit(RecordBatch batch, InputMetrics input)
      throws InterruptedException;

  /**
   * Hands in a batch if there is room now. A sender that can be asked to come again (HTTP), or that
   * nothing can slow down (UDP), is served this way.
   *
   * @return null when there is no room: nothing was handed in or counted, and the input answers or
   *     counts it
   */
  @Nullable CompletableFuture<Outcome> offer(RecordBatch batch, InputMetrics input);

  /**
   * Hands in the batches of one request if there is room for all of them now: a request is taken as
   * a whole or not at all.
   *
   * @return one future a batch; null when there is no room: nothing was handed in or counted
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
   * The sequence of the last delivery of a client that is durable; -1 where none is known. Batches
   * that are on their way do not count.
   */
  long lastDelivery(String client);

  /**
   * What became of the records of a batch.
   *
   * @param stored how many are durable now
   * @param filtered how many the record filter took out
   * @param outOfRange how many were rejected for their time
   */
  record Outcome(int stored, int filtered, int outOfRange) {}
}
