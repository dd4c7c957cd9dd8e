package io.logcaster.ingest.kafka;

import io.logcaster.pipeline.Intake;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A partition that this node reads at present. Used by the reader's thread only. */
final class ReadPartition {

  /** The name of the partition's delivery marks. */
  final String client;

  /** The offset of the last mark that was handed in, or is stored; -1 for none. */
  long last;

  /** The offset behind the last message that was read. */
  long next;

  /** The offset that the group knows. */
  long committed;

  private boolean failed;

  /** Batches on their way, each with the offset behind it. */
  private final ArrayDeque<Batch> open = new ArrayDeque<>();

  private record Batch(long first, CompletableFuture<Intake.Outcome> done) {}

  ReadPartition(String client, long last, long next) {
    this.client = client;
    this.last = last;
    this.next = next;
    this.committed = -1;
  }

  /**
   * @param first the offset of the batch's first message
   * @param offset that of its last one
   */
  void handedIn(long first, long offset, CompletableFuture<Intake.Outcome> done) {
    last = offset;
    open.addLast(new Batch(first, done));
  }

  /**
   * Forgets the batches that are stored.
   *
   * @return false if one could not be stored
   */
  boolean settle() {
    while (!failed && !open.isEmpty() && open.getFirst().done().isDone()) {
      failed = open.getFirst().done().isCompletedExceptionally();
      if (!failed) {
        open.removeFirst();
      }
    }
    return !failed;
  }

  /** The offset before which everything is stored. */
  long stored() {
    return open.isEmpty() ? next : open.getFirst().first();
  }

  /**
   * Waits until nothing is on its way any more.
   *
   * @return whether that is so within the time
   */
  boolean await(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (Batch batch : open) {
      try {
        batch.done().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException ex) {
        return false;
      } catch (ExecutionException ex) {
        // It counts as ended; settle() tells.
      }
    }
    return true;
  }

  /**
   * Begins again behind what is stored, when nothing is on its way any more.
   *
   * @param lastStored the offset of the last mark that the storage has
   */
  void rewind(long lastStored) {
    next = Math.max(lastStored + 1, stored());
    last = lastStored;
    failed = false;
    open.clear();
  }
}
