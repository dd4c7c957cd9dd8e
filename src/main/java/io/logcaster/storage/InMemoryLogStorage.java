package io.logcaster.storage;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps batches in memory, for tests and trials. Beyond its capacity it drops the oldest batches.
 * Scans run on the caller's thread.
 */
public final class InMemoryLogStorage implements LogStorage {

  private final long capacity;

  private final Deliveries deliveries = new Deliveries();

  private ArrayDeque<RecordBatch> batches = new ArrayDeque<>();

  private long records;

  private long bytes;

  /**
   * Creates an empty storage.
   *
   * @param capacity the maximum size of all batches in bytes
   */
  public InMemoryLogStorage(long capacity) {
    this.capacity = capacity;
  }

  @Override
  public synchronized CompletableFuture<Void> append(RecordBatch batch) {
    try {
      deliveries.admit(batch);
    } catch (DeliveryOrderException ex) {
      return CompletableFuture.failedFuture(ex);
    }
    add(batch);
    deliveries.commit(batch);
    while (bytes > capacity && batches.size() > 1) {
      RecordBatch oldest = batches.removeFirst();
      records -= oldest.size();
      bytes -= oldest.memoryBytes();
    }
    return CompletableFuture.completedFuture(null);
  }

  private void add(RecordBatch batch) {
    if (batch.size() > 0) {
      batches.addLast(batch);
      records += batch.size();
      bytes += batch.memoryBytes();
    }
  }

  @Override
  public void scan(ScanRequest request, BatchConsumer consumer) throws IOException {
    List<RecordBatch> found;
    synchronized (this) {
      found = new ArrayList<>(batches);
    }
    switch (request.order()) {
      case NEWEST_FIRST -> found.sort(Comparator.comparingLong(RecordBatch::maxTime).reversed());
      case OLDEST_FIRST -> found.sort(Comparator.comparingLong(RecordBatch::minTime));
      case ANY -> {}
    }
    for (RecordBatch batch : found) {
      if (request.cancelled().getAsBoolean()) {
        break;
      }
      Bitmap rows = select(request, batch);
      if (!rows.isEmpty() && !consumer.accept(batch, rows, 0)) {
        break;
      }
    }
    consumer.end();
  }

  @Override
  public synchronized long delete(ScanRequest request) {
    long before = records;
    ArrayDeque<RecordBatch> all = batches;
    batches = new ArrayDeque<>();
    records = 0;
    bytes = 0;
    for (RecordBatch batch : all) {
      Bitmap kept = Bitmap.all(batch.size());
      kept.andNot(select(request, batch));
      add(batch.select(kept));
    }
    return before - records;
  }

  private static Bitmap select(ScanRequest request, RecordBatch batch) {
    return request.filter().mayMatch(BlockSummary.of(batch))
        ? request.select(batch)
        : Bitmap.none(batch.size());
  }

  @Override
  public long lastDelivery(String client) {
    return deliveries.last(client);
  }

  @Override
  public synchronized StorageStats stats() {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (RecordBatch batch : batches) {
      min = Math.min(min, batch.minTime());
      max = Math.max(max, batch.maxTime());
    }
    return new StorageStats(records, bytes, Math.max(0, capacity - bytes), min, max, false);
  }

  @Override
  public void close() {
    // There are no resources to release.
  }
}
