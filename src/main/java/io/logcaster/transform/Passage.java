package io.logcaster.transform;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The way of the records of one batch to the disk. It ends when all of them are durable, also those
 * that became part of other records. Unlike the answer to a sender it never waits for the records
 * of others, so batches that wait for each other's records cannot wait forever. Thread-safe.
 */
public final class Passage {

  private final AtomicInteger open = new AtomicInteger(1);
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile @Nullable Throwable failure;

  Passage() {}

  /** Completes when the records are durable, or exceptionally if some could not be stored. */
  public CompletableFuture<Void> end() {
    return end;
  }

  boolean isOpen() {
    return !end.isDone();
  }

  boolean isFailed() {
    return end.isCompletedExceptionally();
  }

  /** Some of the records wait for further lines. */
  void hold() {
    open.incrementAndGet();
  }

  /** The batch itself, or a record that waited, was stored; or it was not, for a reason. */
  public void release(@Nullable Throwable cause) {
    if (cause != null) {
      failure = cause;
    }
    if (open.decrementAndGet() == 0) {
      Throwable failed = failure;
      if (failed != null) {
        end.completeExceptionally(failed);
      } else {
        end.complete(null);
      }
    }
  }
}
