package io.logcaster.storage.segment;

import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Durable batches that are not yet in a segment file. New batches are added to it until it is
 * sealed; a sealed one waits to be written. Guarded by the lock of {@link StorageState} until it is
 * sealed, immutable afterwards.
 */
final class ActiveSegment {

  private final List<RecordBatch> batches = new ArrayList<>();
  private long bytes;
  private long records;
  private long lastSequence;
  private long since;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;

  /**
   * Adds a batch.
   *
   * @param sequence its number in the write-ahead log
   */
  void add(RecordBatch batch, long sequence) {
    // First, because this may run out of memory: then nothing was added.
    if (batch.size() > 0) {
      batches.add(batch);
    }
    if (isEmpty()) {
      since = System.nanoTime();
    }
    lastSequence = sequence;
    if (batch.size() == 0) {
      return;
    }
    bytes += batch.memoryBytes();
    records += batch.size();
    minTime = Math.min(minTime, batch.minTime());
    maxTime = Math.max(maxTime, batch.maxTime());
  }

  long minTime() {
    return minTime;
  }

  long maxTime() {
    return maxTime;
  }

  List<RecordBatch> batches() {
    return batches;
  }

  long bytes() {
    return bytes;
  }

  long records() {
    return records;
  }

  long lastSequence() {
    return lastSequence;
  }

  /** Whether nothing was added; a batch without records moves the sequence on. */
  boolean isEmpty() {
    return lastSequence == 0;
  }

  /** The age of the oldest batch in nanoseconds, 0 where there is none. */
  long age() {
    return isEmpty() ? 0 : System.nanoTime() - since;
  }
}
