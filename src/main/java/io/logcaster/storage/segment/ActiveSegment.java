package io.logcaster.storage.segment;

import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Durable batches that are not yet in segments. Guarded by the storage's lock until it is frozen.
 */
final class ActiveSegment {

  private final List<RecordBatch> batches = new ArrayList<>();
  private long bytes;
  private long records;
  private long lastSequence;
  private long since;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;

  void add(RecordBatch batch, long sequence) {
    // First, because memory may run short here: then nothing was added.
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

  /** Whether nothing came; a batch without records moves the sequence on. */
  boolean isEmpty() {
    return lastSequence == 0;
  }

  /** How long the oldest batch has been here, in nanoseconds. */
  long age() {
    return isEmpty() ? 0 : System.nanoTime() - since;
  }
}
