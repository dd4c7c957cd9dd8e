package io.logcaster.cluster.store;

import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.LogStorage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Hands batches straight to a storage. */
public final class StorageIntake implements Intake {

  private final LogStorage storage;

  public StorageIntake(LogStorage storage) {
    this.storage = storage;
  }

  @Override
  public CompletableFuture<Outcome> submit(RecordBatch batch, InputMetrics input) {
    return storage.append(batch).thenApply((done) -> new Outcome(batch.size(), 0, 0));
  }

  @Override
  public @Nullable CompletableFuture<Outcome> offer(RecordBatch batch, InputMetrics input) {
    return submit(batch, input);
  }

  @Override
  public @Nullable List<CompletableFuture<Outcome>> offerAll(
      List<RecordBatch> batches, InputMetrics input) {
    return batches.stream().map((batch) -> submit(batch, input)).toList();
  }

  @Override
  public long lastDelivery(String client) {
    return storage.lastDelivery(client);
  }
}
