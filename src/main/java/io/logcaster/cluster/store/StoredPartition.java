package io.logcaster.cluster.store;

import io.logcaster.pipeline.Intake;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A partition that this node stores at present. Used by the consumer's thread only. */
final class StoredPartition {

  /** The name of the partition's delivery marks. */
  final String client;

  /** The claims of other nodes, which this one carries forward. */
  final Claims others;

  /** The offset of the last message that was handed in, or is stored; -1 for none. */
  long last;

  /** The offset after the last claimed message. */
  long next;

  /** The offset of the first message that could not be stored; -1 for none. */
  private long failed = -1;

  /** Whether the group's offset carries a claim of this node. */
  boolean isClaiming;

  private final ArrayDeque<Batch> open = new ArrayDeque<>();

  private record Batch(long offset, CompletableFuture<Intake.Outcome> done) {}

  StoredPartition(String client, Claims others, long last, long next) {
    this.client = client;
    this.others = others;
    this.last = last;
    this.next = next;
  }

  void handedIn(long offset, CompletableFuture<Intake.Outcome> done) {
    last = offset;
    open.addLast(new Batch(offset, done));
  }

  /**
   * Forgets the batches that are stored.
   *
   * @return false if one could not be stored
   */
  boolean settle() {
    while (!open.isEmpty() && open.getFirst().done().isDone()) {
      Batch batch = open.removeFirst();
      if (batch.done().isCompletedExceptionally() && failed < 0) {
        failed = batch.offset();
      }
    }
    return failed < 0;
  }

  /** Whether everything that was claimed is stored. */
  boolean isSettled() {
    return open.isEmpty() && failed < 0;
  }

  /** Whether nothing is on its way any more. */
  boolean isQuiet() {
    return open.isEmpty();
  }

  /** The first claimed message that is not known to be stored. */
  long firstUnsettled() {
    return open.isEmpty() ? next : open.getFirst().offset();
  }

  /**
   * Waits until all that was handed in is stored or has failed.
   *
   * @return whether everything is stored
   */
  boolean await(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (Batch batch : open) {
      try {
        batch.done().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException ex) {
        return false;
      } catch (ExecutionException ex) {
        // The others still have to end.
      }
    }
    return settle();
  }

  /**
   * Begins anew with the first message that was not stored, once nothing is on its way any more.
   *
   * @param lastStored the offset of the last message that the storage has
   */
  void rewind(long lastStored) {
    if (failed >= 0) {
      next = Math.max(lastStored + 1, failed);
    }
    last = lastStored;
    failed = -1;
  }
}
