package io.logcaster.ingest;

import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Deliveries;
import io.logcaster.storage.DeliveryOrderException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Keeps what inputs hand in, and stores it at once unless it is told to hold back. */
public final class RecordingIntake implements Intake {

  private final List<LogRecord> records = new ArrayList<>();

  private final List<CompletableFuture<Outcome>> held = new ArrayList<>();

  private final List<String> streams = new ArrayList<>();

  private final Deliveries deliveries = new Deliveries();

  private boolean holding;

  private boolean full;

  private @Nullable Exception failure;

  private @Nullable CountDownLatch gate;

  private int batches;

  private volatile long latest = Long.MAX_VALUE;

  /** Sets the latest time that can be stored. */
  public void latest(long nanos) {
    latest = nanos;
  }

  @Override
  public long latestTime() {
    return latest;
  }

  @Override
  public CompletableFuture<Outcome> submit(RecordBatch batch, InputMetrics input)
      throws InterruptedException {
    CountDownLatch closed;
    synchronized (this) {
      closed = gate;
    }
    if (closed != null) {
      closed.await();
    }
    return take(batch);
  }

  @Override
  public @Nullable CompletableFuture<Outcome> offer(RecordBatch batch, InputMetrics input) {
    synchronized (this) {
      if (full) {
        return null;
      }
    }
    return take(batch);
  }

  @Override
  public @Nullable List<CompletableFuture<Outcome>> offerAll(
      List<RecordBatch> batches, InputMetrics input) {
    synchronized (this) {
      return full ? null : batches.stream().map(this::take).toList();
    }
  }

  @Override
  public synchronized long lastDelivery(String client) {
    return deliveries.last(client);
  }

  private synchronized CompletableFuture<Outcome> take(RecordBatch batch) {
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    try {
      deliveries.admit(batch);
    } catch (DeliveryOrderException ex) {
      return CompletableFuture.failedFuture(ex);
    }
    batches++;
    records.addAll(batch.records());
    for (int row = 0; row < batch.size(); row++) {
      streams.add(batch.stream(batch.streamOrdinal(row)).canonical());
    }
    Outcome outcome = new Outcome(batch.size(), 0, 0);
    if (!holding) {
      deliveries.commit(batch);
      return CompletableFuture.completedFuture(outcome);
    }
    CompletableFuture<Outcome> future = new CompletableFuture<>();
    held.add(
        future.thenApply(
            (ignored) -> {
              deliveries.commit(batch);
              return outcome;
            }));
    pending.add(future);
    return held.getLast();
  }

  private final List<CompletableFuture<Outcome>> pending = new ArrayList<>();

  /** Keeps batches from becoming durable until {@link #release}. */
  public synchronized void hold() {
    holding = true;
  }

  /** Makes everything durable that came so far and comes later. */
  public void release() {
    List<CompletableFuture<Outcome>> futures;
    synchronized (this) {
      holding = false;
      futures = List.copyOf(pending);
      pending.clear();
    }
    futures.forEach((future) -> future.complete(new Outcome(0, 0, 0)));
  }

  /** Makes what is handed in from now on fail. */
  public synchronized void failWith(@Nullable Exception failure) {
    this.failure = failure;
  }

  /** Says whether there is room for batches that are offered. */
  public synchronized void full(boolean full) {
    this.full = full;
  }

  /** Makes those who hand in wait until {@link #open}. */
  public synchronized void close() {
    gate = new CountDownLatch(1);
  }

  public synchronized void open() {
    if (gate != null) {
      gate.countDown();
      gate = null;
    }
  }

  public synchronized List<LogRecord> records() {
    return List.copyOf(records);
  }

  /** The streams of the records, in their order. */
  public synchronized List<String> streams() {
    return List.copyOf(streams);
  }

  public synchronized int size() {
    return records.size();
  }

  public synchronized int batches() {
    return batches;
  }

  public List<String> messages() {
    return records().stream().map(LogRecord::message).toList();
  }
}
