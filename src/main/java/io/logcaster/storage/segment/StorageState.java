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
 * What scans see: the active segment, the sealed segments that wait to be written, and the segments
 * on disk. One lock, held for moments, guards all three, so that a record is in exactly one of them
 * whenever a scan begins.
 */
final class StorageState {

  /**
   * Sealed segments beyond which the log has to wait: one is written while the active segment
   * fills, so that neither waits for the other and memory stays bounded.
   */
  private static final int MAX_SEALED = 1;

  private final SegmentSet segments;
  private final SegmentOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition sealedChanged = lock.newCondition();
  private final ArrayDeque<ActiveSegment> sealed = new ArrayDeque<>();
  private ActiveSegment active = new ActiveSegment();
  private long failedFlushes;
  private @Nullable Throwable flushFailure;
  private boolean closing;

  StorageState(SegmentSet segments, SegmentOptions options) {
    this.segments = segments;
    this.options = options;
  }

  /** Adds a durable batch; true if the active segment became full and was sealed. */
  boolean add(RecordBatch batch, long sequence) {
    lock.lock();
    try {
      active.add(batch, sequence);
      boolean full = active.bytes() >= options.flushBytes();
      if (full) {
        seal();
      }
      return full;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is room for more batches. Called by the log's thread, so that memory stays
   * bounded however slow flushing is.
   *
   * @throws IOException if sealed segments cannot be written
   */
  void awaitRoom() throws IOException {
    lock.lock();
    try {
      while (sealed.size() > MAX_SEALED && !closing) {
        if (flushFailure != null) {
          throw new IOException("Records cannot be written to segments", flushFailure);
        }
        sealedChanged.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether sealed segments that cannot be written may stay in memory while the log is read: as
   * many as the server had in memory fit, and one more because batches may be divided differently
   * now.
   */
  boolean hasRoom() {
    lock.lock();
    try {
      return sealed.size() <= MAX_SEALED + 2;
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private void seal() {
    if (!active.isEmpty()) {
      // Created first: if memory runs out here, no segment is in both places.
      ActiveSegment next = new ActiveSegment();
      sealed.addLast(active);
      active = next;
      sealedChanged.signalAll();
    }
  }

  /** Seals the active segment if its oldest batch has waited long enough. */
  void sealIfOld() {
    lock.lock();
    try {
      if (active.age() >= options.flushAge().toNanos()) {
        seal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a sealed segment, the oldest first; null when the storage is being closed. */
  @Nullable ActiveSegment nextSealed() {
    lock.lock();
    try {
      while (sealed.isEmpty() && !closing) {
        sealedChanged.awaitUninterruptibly();
      }
      return closing ? null : sealed.getFirst();
    } finally {
      lock.unlock();
    }
  }

  /** The oldest sealed segment without waiting; null where there is none. */
  @Nullable ActiveSegment firstSealed() {
    lock.lock();
    try {
      return sealed.peekFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Notes that a segment could not be written; true for the first failure in a row. */
  boolean flushFailed(Throwable cause) {
    lock.lock();
    try {
      boolean first = flushFailure == null;
      failedFlushes++;
      flushFailure = cause;
      sealedChanged.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until everything that is in memory now is written. Does not wait for what is appended
   * meanwhile.
   *
   * @throws IOException if writing failed; it is retried in the background
   */
  void flushAll() throws IOException {
    lock.lock();
    try {
      seal();
      ActiveSegment last = sealed.peekLast();
      long failedBefore = failedFlushes;
      // Sealed segments are written in their order.
      while (last != null && sealed.contains(last) && !closing) {
        if (failedFlushes != failedBefore) {
          throw new IOException("Records could not be written to segments", flushFailure);
        }
        sealedChanged.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Replaces the segments that scans see, and removes the sealed segment that was written to them
   * in the same moment.
   */
  void show(List<SegmentHandle> after, @Nullable ActiveSegment written) {
    lock.lock();
    try {
      segments.show(after, (written != null) ? written.lastSequence() : 0);
      if (written != null) {
        sealed.remove(written);
        flushFailure = null;
        sealedChanged.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives a scan what is stored now; the caller has to release the returned segments. */
  List<SegmentHandle> begin(SegmentScan scan) {
    lock.lock();
    try {
      List<SegmentHandle> used = segments.segments();
      used.forEach(SegmentHandle::retain);
      sealed.forEach((segment) -> segment.batches().forEach(scan::add));
      active.batches().forEach(scan::add);
      return used;
    } finally {
      lock.unlock();
    }
  }

  /** The segments on disk. */
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
      List<ActiveSegment> inMemory = new ArrayList<>(sealed);
      inMemory.add(active);
      for (ActiveSegment segment : inMemory) {
        records += segment.records();
        bytes += segment.bytes();
        min = Math.min(min, segment.minTime());
        max = Math.max(max, segment.maxTime());
      }
    } finally {
      lock.unlock();
    }
    return new StorageStats(records, bytes, freeBytes, min, max, readOnly);
  }

  /** Wakes all waiting threads, which then give up. */
  void close() {
    lock.lock();
    try {
      closing = true;
      sealedChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Seals and returns what is left in memory after the log was closed, oldest first. */
  List<ActiveSegment> sealRest() {
    lock.lock();
    try {
      seal();
      return List.copyOf(sealed);
    } finally {
      lock.unlock();
    }
  }
}
