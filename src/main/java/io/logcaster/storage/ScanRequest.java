package io.logcaster.storage;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Describes a scan.
 *
 * @param minTime the earliest time, included, in nanoseconds since the epoch
 * @param maxTime the latest time, included
 * @param filter selects rows
 * @param order the order of blocks
 * @param columns the projection: the fields that the consumer reads, apart from those that the
 *     filter reads; null for all. A hint: a storage may return more.
 * @param parallelism the number of threads that may work at once, at least 1
 * @param cancelled checked between blocks by all threads of the scan; the scan ends once it is true
 * @param trace counts what the scan does; some storages fill in only part of it
 */
public record ScanRequest(
    long minTime,
    long maxTime,
    RowFilter filter,
    Order order,
    @Nullable Set<String> columns,
    int parallelism,
    BooleanSupplier cancelled,
    ScanTrace trace) {

  /**
   * The order of blocks. Rows within a block are in no particular order, and blocks may overlap in
   * time.
   */
  public enum Order {

    /** The fastest order. */
    ANY,

    /** By their latest time, latest first. Strict only with a parallelism of 1. */
    NEWEST_FIRST,

    /** By their earliest time, earliest first. */
    OLDEST_FIRST
  }

  public ScanRequest {
    if (parallelism < 1) {
      throw new IllegalArgumentException(
          "parallelism is " + parallelism + ", but must be at least 1");
    }
    columns = (columns != null) ? Set.copyOf(columns) : null;
  }

  /**
   * The rows of a batch that lie in the time range and pass the filter. Every storage passes
   * exactly these to the consumer.
   */
  public Bitmap select(RecordBatch batch) {
    if (batch.size() == 0 || batch.minTime() > maxTime || batch.maxTime() < minTime) {
      return Bitmap.none(batch.size());
    }
    Bitmap rows = Bitmap.all(batch.size());
    if (batch.minTime() < minTime || batch.maxTime() > maxTime) {
      long[] times = batch.times();
      for (int row = 0; row < batch.size(); row++) {
        if (times[row] < minTime || times[row] > maxTime) {
          rows.clear(row);
        }
      }
    }
    if (!rows.isEmpty()) {
      filter.retain(batch, rows);
    }
    return rows;
  }

  /** A scan of all records. */
  public static ScanRequest all() {
    return new ScanRequest(
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        RowFilter.ALL,
        Order.ANY,
        null,
        1,
        () -> false,
        new ScanTrace());
  }

  /** A copy with a time range, both ends included. */
  public ScanRequest between(long minTime, long maxTime) {
    return new ScanRequest(minTime, maxTime, filter, order, columns, parallelism, cancelled, trace);
  }

  /** A copy with another filter. */
  public ScanRequest where(RowFilter filter) {
    return new ScanRequest(minTime, maxTime, filter, order, columns, parallelism, cancelled, trace);
  }

  /** A copy with another order. */
  public ScanRequest inOrder(Order order) {
    return new ScanRequest(minTime, maxTime, filter, order, columns, parallelism, cancelled, trace);
  }

  /** A copy with a projection to some fields. */
  public ScanRequest only(Set<String> columns) {
    return new ScanRequest(minTime, maxTime, filter, order, columns, parallelism, cancelled, trace);
  }

  /** A copy with another number of threads. */
  public ScanRequest onWorkers(int parallelism) {
    return new ScanRequest(minTime, maxTime, filter, order, columns, parallelism, cancelled, trace);
  }

  /** A copy that is cancelled once the signal is true. */
  public ScanRequest until(BooleanSupplier cancelled) {
    return new ScanRequest(minTime, maxTime, filter, order, columns, parallelism, cancelled, trace);
  }
}
