package io.logcaster.cluster.consumer;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A partition that this node reads at present, and the batches of it that are on their way into the
 * storage. Used by the thread of its consumer only.
 */
public class GroupPartition {

  private final String client;
  private final ArrayDeque<Batch> open = new ArrayDeque<>();
  private long last;
  private long next;

  /** The offset of the first message that could not be stored; -1 for none. */
  private long failed = -1;

  private record Batch(long first, CompletableFuture<?> done) {}

  /**
   * @param client the name of the partition's delivery marks
   * @param last the offset of the last mark that the storage has; -1 for none
   * @param next the offset of the message to read next
   */
  public GroupPartition(String client, long last, long next) {
    this.client = client;
    this.last = last;
    this.next = next;
  }

  /** The name of the partition's delivery marks. */
  public final String client() {
    return client;
  }

  /** The offset of the last mark that was handed in, or is stored; -1 for none. */
  public final long last() {
    return last;
  }

  /** The offset behind the last message that was taken. */
  public final long next() {
    return next;
  }

  /** Moves on, to the offset behind the last message that was taken. */
  public final void advance(long offset) {
    next = offset;
  }

  /**
   * Remembers a batch until it is stored.
   *
   * @param first the offset of its first message
   * @param offset that of its last one, and of its mark
   */
  public final void handedIn(long first, long offset, CompletableFuture<?> done) {
    last = offset;
    open.addLast(new Batch(first, done));
  }

  /**
   * Forgets the batches that are stored.
   *
   * @return false if one could not be stored
   */
  public final boolean settle() {
    while (!open.isEmpty() && open.getFirst().done().isDone()) {
      Batch batch = open.removeFirst();
      if (batch.done().isCompletedExceptionally() && failed < 0) {
        failed = batch.first();
      }
    }
    return failed < 0;
  }

  /** Whether everything that was taken is stored. */
  public final boolean isSettled() {
    return open.isEmpty() && failed < 0;
  }

  /** The first message that is not known to be stored. */
  public final long firstUnsettled() {
    if (failed >= 0) {
      return failed;
    }
    return open.isEmpty() ? next : open.getFirst().first();
  }

  /**
   * Waits until nothing is on its way any more, stored or not.
   *
   * @return whether that is so within the time
   */
  public final boolean await(long nanos) throws InterruptedException {
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
    settle();
    return true;
  }

  /**
   * Begins again with the first message that could not be stored, when nothing is on its way any
   * more.
   *
   * @param lastStored the offset of the last mark that the storage has
   */
  public final void rewind(long lastStored) {
    if (failed >= 0) {
      next = Math.max(lastStored + 1, failed);
      failed = -1;
      open.clear();
    }
    last = lastStored;
  }
}
