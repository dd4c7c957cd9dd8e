package io.logcaster.ingest;

import io.logcaster.pipeline.Intake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Batches of one sender that waits for an answer before it sends more, so that waiting for the disk
 * costs nothing. Not thread-safe.
 */
public final class AwaitedBatches {

  private final BatchSubmitter sender;

  private final List<CompletableFuture<Intake.Outcome>> handedIn = new ArrayList<>();

  public AwaitedBatches(BatchSubmitter sender) {
    this.sender = sender;
  }

  public BatchSubmitter sender() {
    return sender;
  }

  /** Hands in a batch that is full. */
  public void handInFull() throws InterruptedException {
    if (sender.isFull()) {
      handedIn.add(sender.submit());
    }
  }

  /** Hands in what there is, of which the sender wants to hear nothing. */
  public void handIn() throws InterruptedException {
    if (!sender.isEmpty()) {
      handedIn.add(sender.submit());
    }
    handedIn.removeIf(CompletableFuture::isDone);
  }

  /**
   * Hands in what there is and waits for all that was.
   *
   * @return whether it is durable
   */
  public boolean await() throws InterruptedException {
    if (!sender.isEmpty()) {
      handedIn.add(sender.submit());
    }
    try {
      for (CompletableFuture<Intake.Outcome> stored : handedIn) {
        stored.get();
      }
      return true;
    } catch (ExecutionException ex) {
      return false;
    } finally {
      handedIn.clear();
    }
  }
}
