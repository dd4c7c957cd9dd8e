package io.logcaster.metrics;

import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps submitted batches until it is full. */
final class RecordingIntake implements Intake {

  final List<LogRecord> records = new ArrayList<>();
  boolean full;

  /** Runs an action while a batch is in flight, as a storage would. */
  Consumer<RecordBatch> whileStoring = (batch) -> {};

  @Override
  public CompletableFuture<Outcome> submit(RecordBatch batch, InputMetrics input) {
    throw new AssertionError("the server's own records must not wait for room");
  }

  @Override
  public @Nullable CompletableFuture<Outcome> offer(RecordBatch batch, InputMetrics input) {
    if (full) {
      return null;
    }
    whileStoring.accept(batch);
    records.addAll(batch.records());
    return CompletableFuture.completedFuture(new Outcome(batch.size(), 0, 0));
  }

  @Override
  public @Nullable List<CompletableFuture<Outcome>> offerAll(
      List<RecordBatch> batches, InputMetrics input) {
    throw new AssertionError("the server's own records are not requests");
  }

  @Override
  public long lastDelivery(String client) {
    throw new AssertionError("the server's own records are not deliveries");
  }
}
