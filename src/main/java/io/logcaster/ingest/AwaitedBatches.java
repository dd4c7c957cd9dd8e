package io.logcaster.ingest;

import io.logcaster.pipeline.Intake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Batches of one sender that waits for an acknowledgement before it sends more. Full batches are
 * handed in while the rest is still being read, so that waiting for the disk costs little. Not
 * thread-safe.
 */
final class AwaitedBatches {

  private final BatchSubmitter submitter;

  private final List<CompletableFuture<Intake.Outcome>> submitted = new ArrayList<>();

  AwaitedBatches(BatchSubmitter submitter) {
    this.submitter = submitter;
  }

  /** Hands in the open batch if it is full. */
  void submitFull() throws InterruptedException {
    if (submitter.isFull()) {
      submitted.add(submitter.submit());
    }
  }

  /** Hands in the open batch; the sender waits for no acknowledgement. */
  void submit() throws InterruptedException {
    if (!submitter.isEmpty()) {
      submitted.add(submitter.submit());
    }
    submitted.removeIf(CompletableFuture::isDone);
  }

  /**
   * Hands in the open batch and waits until every batch is stored.
   *
   * @return false if one of them could not be stored
   */
  boolean await() throws InterruptedException {
    if (!submitter.isEmpty()) {
      submitted.add(submitter.submit());
    }
    try {
      for (CompletableFuture<Intake.Outcome> stored : submitted) {
        stored.get();
      }
      return true;
    } catch (ExecutionException ex) {
      return false;
    } finally {
      submitted.clear();
    }
  }
}
