package io.logcaster.pipeline;

import io.logcaster.pipeline.Intake.Outcome;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.LogStorage;
import io.logcaster.transform.Portion;
import io.logcaster.transform.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A batch in flight. Its sender gets the answer when nothing holds it back any more: neither its
 * own records, nor records of later batches into which transforms put some of them.
 */
final class Delivery implements Receipt {

  final RecordBatch batch;
  final long bytes;
  final InputMetrics input;
  final boolean patient;

  /** Whether its records may wait for lines in later batches. */
  final boolean carries;

  /** Whether transforms released or made it, so that no sender waits for it itself. */
  final boolean isReleased;

  /** Whether another node has applied its transforms and filter. */
  boolean isPrepared;

  /** Whether its sender waits for the answer. */
  boolean isAwaited = true;

  final CompletableFuture<Outcome> done = new CompletableFuture<>();

  /** The rows to store after the filters. */
  RecordBatch kept;

  int outOfRange;
  int filtered;

  /** What transforms made of the batch; null without transforms. */
  @Nullable Portion portion;

  /** The accounts of records that came with other batches; null for a batch of an input. */
  @Nullable Accounts accounts;

  /** Moments by {@link System#nanoTime}. */
  final long submitted = System.nanoTime();

  long appended;

  /** How many things hold the answer back: the own records, and records that wait. */
  private final AtomicInteger open = new AtomicInteger(1);

  private final AtomicInteger allStored = new AtomicInteger();
  private final AtomicInteger allFiltered = new AtomicInteger();
  private final AtomicInteger allOutOfRange = new AtomicInteger();
  private volatile @Nullable Throwable failure;

  Delivery(RecordBatch batch, InputMetrics input, boolean patient, boolean carries) {
    this.batch = batch;
    this.kept = batch;
    this.bytes = Math.max(1, batch.memoryBytes());
    this.input = input;
    this.patient = patient;
    this.carries = carries;
    this.isReleased = false;
  }

  private Delivery(Portion portion, InputMetrics input, boolean patient) {
    this.batch = portion.batch();
    this.kept = batch;
    this.bytes = 0;
    this.input = input;
    this.patient = patient;
    this.carries = false;
    this.isReleased = true;
  }

  /** Records that transforms release or make; they are not in the buffer. */
  static Delivery released(Portion portion, InputMetrics input, boolean patient) {
    return new Delivery(portion, input, patient);
  }

  /** Appends the rows to store. */
  CompletableFuture<Void> appendTo(LogStorage storage) {
    return isAwaited ? storage.append(kept) : storage.appendSoon(kept);
  }

  /** When its first bytes arrived, or when it was handed in if that is not known. */
  long arrived() {
    return (batch.arrivedNanos() == 0) ? submitted : batch.arrivedNanos();
  }

  @Override
  public void hold() {
    open.incrementAndGet();
  }

  /** Holds the answer back until something else is done; if that fails, so does this. */
  void await(CompletableFuture<?> other) {
    hold();
    var _ = other.whenComplete((result, ex) -> release(ex));
  }

  /** Adds records to the outcome. */
  void count(int stored, int filteredOut, int outOfTime) {
    allStored.addAndGet(stored);
    allFiltered.addAndGet(filteredOut);
    allOutOfRange.addAndGet(outOfTime);
  }

  /** Answers the sender if nothing holds the answer back any more. */
  void release(@Nullable Throwable cause) {
    if (cause != null) {
      failure = cause;
    }
    if (open.decrementAndGet() == 0) {
      Throwable failed = failure;
      if (failed != null) {
        done.completeExceptionally(failed);
      } else {
        done.complete(new Outcome(allStored.get(), allFiltered.get(), allOutOfRange.get()));
      }
    }
  }

  /** How many of its records are in no other batch. */
  int ownRecords() {
    Portion made = portion;
    return batch.size() - ((made == null) ? 0 : made.carried());
  }

  /** Tells those who wait for the records themselves that they are durable, or are not. */
  void arrive(@Nullable Throwable cause) {
    Portion made = portion;
    if (made != null) {
      made.passage().release(cause);
      made.heldPassages().forEach((passage) -> passage.release(cause));
    }
  }

  /** The batches whose records are in this one, each as often as it waits. */
  List<Delivery> waiting() {
    List<Delivery> waiting = new ArrayList<>();
    Portion made = portion;
    if (made != null) {
      made.holds().forEach((receipt) -> waiting.add((Delivery) receipt));
    }
    return waiting;
  }
}
