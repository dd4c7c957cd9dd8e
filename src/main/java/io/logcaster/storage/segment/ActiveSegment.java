package io.logcaster.storage.segment;

import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Durable batches that are not yet in a segment file. Accepts batches until it is sealed; then it
 * waits to be written. Guarded by the lock of {@link StorageState} until it is sealed, immutable
 * afterwards.
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
   * @param sequence the batch's sequence in the write-ahead log
   */
  void add(RecordBatch batch, long sequence) {
    // First, because this may run out of memory; then nothing has changed.
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

  /**
   * Whether no batch was added. A batch without records counts, because it advances the sequence.
   */
  boolean isEmpty() {
    return lastSequence == 0;
  }

  /** The age of the oldest batch in nanoseconds; 0 if there is none. */
  long age() {
    return isEmpty() ? 0 : System.nanoTime() - since;
  }
}
