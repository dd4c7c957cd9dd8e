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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What scans see: the active segment, the sealed segments that wait to be written, and the segments
 * on disk. One lock, held only briefly, guards all three, so that a record is in exactly one of
 * them whenever a scan starts.
 */
final class StorageState {

  /**
   * With more sealed segments, the log has to wait. One is written while the active segment fills,
   * so that neither waits for the other and memory stays bounded.
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

  /** Adds a durable batch. Returns true if this filled the active segment, which then is sealed. */
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
          throw new IOException("Cannot write records to segments", flushFailure);
        }
        sealedChanged.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether sealed segments that cannot be written may stay in memory during recovery. There is
   * room for as many as the server had in memory before, and one more, because batches may be
   * divided differently now.
   */
  boolean hasRoom() {
    lock.lock();
    try {
      return sealed.size() <= MAX_SEALED + 2;
    } finally {
      lock.unlock();
    }
  }

  /** Seals the active segment unless it is empty. The caller holds the lock. */
  private void seal() {
    if (!active.isEmpty()) {
      // Created first: if memory runs out here, nothing has changed.
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

  /** Waits for a sealed segment and returns the oldest; null if the storage is being closed. */
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

  /** Returns the oldest sealed segment without waiting; null if there is none. */
  @Nullable ActiveSegment firstSealed() {
    lock.lock();
    try {
      return sealed.peekFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Records a failed flush. Returns true for the first failure in a row. */
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
   * Waits until everything that is in memory now is written. Does not wait for batches appended
   * meanwhile.
   *
   * @throws IOException if writing fails; the flusher keeps retrying in the background
   */
  void flushAll() throws IOException {
    lock.lock();
    try {
      seal();
      ActiveSegment last = sealed.peekLast();
      long failedBefore = failedFlushes;
      // Sealed segments are written in order.
      while (last != null && sealed.contains(last) && !closing) {
        if (failedFlushes != failedBefore) {
          throw new IOException("Cannot write records to segments", flushFailure);
        }
        sealedChanged.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Replaces the segments that scans see and atomically removes the sealed segment that was written
   * to them.
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

  /**
   * Adds the batches in memory to a scan and returns the segments, which the caller must release.
   */
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

  /** The segments on disk that a predicate selects. The caller must release them. */
  List<SegmentHandle> retain(Predicate<SegmentHandle> wanted) {
    lock.lock();
    try {
      List<SegmentHandle> chosen = segments.segments().stream().filter(wanted).toList();
      chosen.forEach(SegmentHandle::retain);
      return chosen;
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
        bytes += handle.localBytes();
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

  /** Wakes all waiting threads and makes them give up. */
  void close() {
    lock.lock();
    try {
      closing = true;
      sealedChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** After the log is closed, seals and returns the segments left in memory, oldest first. */
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
