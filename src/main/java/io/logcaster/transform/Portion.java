package io.logcaster.transform;

import io.logcaster.record.RecordBatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Records that left the transforms together.
 *
 * @param batch the records
 * @param receipts the batches that the records come from; empty if the server made them
 * @param holds the receipts that were held back for these records, each as often as it was
 * @param owners for each record the batch in whose accounts it is; null if all are in that of the
 *     only receipt, or in nobody's
 * @param removedOwners the same for the removed records
 * @param removed records that are not stored by themselves, by reason
 * @param carried how many records wait for further lines and come in a later portion
 * @param passage ends when these records are durable
 * @param heldPassages those that were held back for these records
 * @param awaited records of others that must be durable before the senders of these are answered
 * @param routed records in queues of sinks, which must be durable as well before the answer
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Portion(
    RecordBatch batch,
    Set<Receipt> receipts,
    List<Receipt> holds,
    Receipt @Nullable [] owners,
    Receipt @Nullable [] removedOwners,
    Map<Removal, Integer> removed,
    int carried,
    Passage passage,
    List<Passage> heldPassages,
    Set<Passage> awaited,
    List<CompletableFuture<?>> routed) {

  /** The number of records that are not stored by themselves. */
  public int removals() {
    int sum = 0;
    for (int rows : removed.values()) {
      sum += rows;
    }
    return sum;
  }
}
