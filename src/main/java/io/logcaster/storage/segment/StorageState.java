package io.logcaster.storage.segment;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.StorageStats;
import io.logcaster.storage.segment.file.SegmentInfo;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What scans see: the active part, the frozen parts that wait to be written, and the segments. One
 * lock, held for moments, guards all three, so that a record is in exactly one of them whenever a
 * scan begins.
 */
final class StorageState {

  /**
   * Frozen parts before the log is held back: one being written while the active part fills, so
   * that neither waits for the other and memory stays bounded.
   */
  private static final int MAX_FROZEN = 1;

  private final SegmentSet segments;
  private final SegmentOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition frozenChanged = lock.newCondition();
  private final ArrayDeque<ActiveSegment> frozen = new ArrayDeque<>();
  private ActiveSegment active = new ActiveSegment();
  private long failedFlushes;
  private @Nullable Throwable flushFailure;
  private boolean closing;

  StorageState(SegmentSet segments, SegmentOptions options) {
    this.segments = segments;
    this.options = options;
  }

  /** Adds a durable batch; whether a part became full with it. */
  boolean add(RecordBatch batch, long sequence) {
    lock.lock();
    try {
      active.add(batch, sequence);
      boolean full = active.bytes() >= options.flushBytes();
      if (full) {
        freeze();
      }
      return full;
    } finally {
      lock.unlock();
    }
  }

  /** On the log's thread: memory is bounded, whatever the flush is up to. */
  void awaitRoom() throws IOException {
    lock.lock();
    try {
      while (frozen.size() > MAX_FROZEN && !closing) {
        if (flushFailure != null) {
          throw new IOException("Records cannot be written to segments", flushFailure);
        }
        frozenChanged.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether parts that cannot be written may stay in memory while the log is read: what the server
   * had in memory fits, and one part more because it need not be split as it was.
   */
  boolean hasRoom() {
    lock.lock();
    try {
      return frozen.size() <= MAX_FROZEN + 2;
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private void freeze() {
    if (!active.isEmpty()) {
      // Made first: where memory runs short, no part may be in both places.
      ActiveSegment next = new ActiveSegment();
      frozen.addLast(active);
      active = next;
      frozenChanged.signalAll();
    }
  }

  /** Has the active part written where its oldest batch has waited long enough. */
  void freezeIfOld() {
    lock.lock();
    try {
      if (active.age() >= options.flushAge().toNanos()) {
        freeze();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a part to be written; null when the storage is being closed. */
  @Nullable ActiveSegment nextFrozen() {
    lock.lock();
    try {
      while (frozen.isEmpty() && !closing) {
        frozenChanged.awaitUninterruptibly();
      }
      return closing ? null : frozen.getFirst();
    } finally {
      lock.unlock();
    }
  }

  /** A part that is full, while nobody else writes them; null where there is none. */
  @Nullable ActiveSegment full() {
    lock.lock();
    try {
      return frozen.peekFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Notes that a part could not be written; whether the one before could. */
  boolean flushFailed(Throwable cause) {
    lock.lock();
    try {
      boolean first = flushFailure == null;
      failedFlushes++;
      flushFailure = cause;
      frozenChanged.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has everything written that is in memory now, and waits for it; what comes meanwhile is waited
   * for by nobody.
   *
   * @throws IOException if that failed; it is tried again in the background
   */
  void flushAll() throws IOException {
    lock.lock();
    try {
      freeze();
      ActiveSegment last = frozen.peekLast();
      long failedBefore = failedFlushes;
      // Parts are written in their order.
      while (last != null && frozen.contains(last) && !closing) {
        if (failedFlushes != failedBefore) {
          throw new IOException("Records could not be written to segments", flushFailure);
        }
        frozenChanged.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Shows other segments, in the moment that a part goes which is in them now. */
  void show(List<SegmentHandle> after, @Nullable ActiveSegment part) {
    lock.lock();
    try {
      segments.show(after, (part != null) ? part.lastSequence() : 0);
      if (part != null) {
        frozen.remove(part);
        flushFailure = null;
        frozenChanged.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives a scan what there is now; the segments are the caller's to release. */
  List<SegmentHandle> begin(SegmentScan scan) {
    lock.lock();
    try {
      List<SegmentHandle> used = segments.segments();
      used.forEach(SegmentHandle::retain);
      frozen.forEach((part) -> part.batches().forEach(scan::add));
      active.batches().forEach(scan::add);
      return used;
    } finally {
      lock.unlock();
    }
  }

  List<SegmentHandle> segments() {
    lock.lock();
    try {
      return segments.segments();
    } finally {
      lock.unlock();
    }
  }

  StorageStats stats(long freeBytes, boolean readOnly) {
    long records = 0;
    long bytes = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    lock.lock();
    try {
      for (SegmentHandle handle : segments.segments()) {
        SegmentInfo info = handle.info();
        records += info.records();
        bytes += info.bytes();
        min = Math.min(min, info.minTime());
        max = Math.max(max, info.maxTime());
      }
      List<ActiveSegment> parts = new ArrayList<>(frozen);
      parts.add(active);
      for (ActiveSegment part : parts) {
        records += part.records();
        bytes += part.bytes();
        min = Math.min(min, part.minTime());
        max = Math.max(max, part.maxTime());
      }
    } finally {
      lock.unlock();
    }
    return new StorageStats(records, bytes, freeBytes, min, max, readOnly);
  }

  /** Lets go of whoever waits. */
  void close() {
    lock.lock();
    try {
      closing = true;
      frozenChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What is left in memory after the log was closed, oldest first. */
  List<ActiveSegment> rest() {
    lock.lock();
    try {
      freeze();
      return List.copyOf(frozen);
    } finally {
      lock.unlock();
    }
  }
}
