package io.logcaster.ingest;

import io.logcaster.pipeline.Intake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The batches of a sender that waits for an acknowledgement before it sends more. Full batches are
 * submitted while the rest is still being read, which shortens the final wait for the disk. Not
 * thread-safe.
 */
final class AwaitedBatches {

  private final BatchSubmitter submitter;

  private final List<CompletableFuture<Intake.Outcome>> submitted = new ArrayList<>();

  AwaitedBatches(BatchSubmitter submitter) {
    this.submitter = submitter;
  }

  /** Submits the open batch if it is full. */
  void submitFull() throws InterruptedException {
    if (submitter.isFull()) {
      submitted.add(submitter.submit());
    }
  }

  /** Submits the open batch without waiting; the sender expects no acknowledgement. */
  void submit() throws InterruptedException {
    if (!submitter.isEmpty()) {
      submitted.add(submitter.submit());
    }
    submitted.removeIf(CompletableFuture::isDone);
  }

  /**
   * Submits the open batch and waits until every batch is stored.
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
