package io.logcaster.sink;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.ScanRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/**
 * Reads records from the store for a sink, hour by hour, so that memory stays bounded and a restart
 * repeats at most an hour. Within an hour the records of a stream come as their segments have them:
 * in order, unless some were late.
 */
final class StoreReplay {

  private static final long HOUR = 3_600_000_000_000L;

  private final LogStorage storage;

  /** Takes records. */
  @FunctionalInterface
  interface Target {

    void take(RecordBatch batch) throws IOException;
  }

  /** Is told what is left to do. */
  @FunctionalInterface
  interface Progress {

    void left(long from, long to) throws IOException;
  }

  StoreReplay(LogStorage storage) {
    this.storage = storage;
  }

  /**
   * Reads a range of time.
   *
   * @param from the first nanosecond
   * @param to the nanosecond after the last one
   */
  void run(
      long from,
      long to,
      RowFilter filter,
      Target target,
      Progress progress,
      BooleanSupplier stopped)
      throws IOException {
    long at = Math.max(from, storage.stats().minTime());
    while (at < to && !stopped.getAsBoolean()) {
      long end = Math.min(to, Math.floorDiv(at, HOUR) * HOUR + HOUR);
      scan(at, end - 1, filter, target, stopped);
      if (!stopped.getAsBoolean()) {
        at = end;
        progress.left(at, to);
      }
    }
    if (at >= to) {
      progress.left(to, to);
    }
  }

  private void scan(long from, long to, RowFilter filter, Target target, BooleanSupplier stopped)
      throws IOException {
    ScanRequest request =
        ScanRequest.all()
            .between(from, to)
            .where(filter)
            .inOrder(ScanRequest.Order.OLDEST_FIRST)
            .until(stopped);
    storage.scan(
        request,
        new BatchConsumer() {
          @Override
          public boolean accept(RecordBatch batch, Bitmap rows, int worker) {
            try {
              // Gathered, because a batch on disk can be read only while the scan runs.
              target.take(batch.gather(rows.toArray()));
              return true;
            } catch (IOException ex) {
              throw new UncheckedIOException(ex);
            }
          }
        });
  }
}
