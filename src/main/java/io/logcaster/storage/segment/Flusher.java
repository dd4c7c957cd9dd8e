package io.logcaster.storage.segment;

import io.logcaster.storage.segment.bytes.Threads;
import io.logcaster.work.LastResort;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes sealed segments from memory to disk, on a thread of its own, and orders all changes of the
 * segments.
 */
final class Flusher {

  /** The pause after a failed flush: short, because the log may be waiting. */
  private static final long RETRY_MILLIS = 1_000;

  /**
   * The time without a flush after which a server counts as quiet. At full load one comes every
   * half second.
   */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);

  /** Told when the frames of the log up to a sequence are in segments. */
  @FunctionalInterface
  interface Release {

    void upTo(long sequence) throws IOException;
  }

  private final SegmentSet segments;
  private final StorageState state;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Held for each change of the segments: flush, merge, delete. */
  private final ReentrantLock changes = new ReentrantLock();

  private Release release = (sequence) -> {};
  private @Nullable Thread thread;

  /** The {@link System#nanoTime} of the last flush. */
  private volatile long lastFlush = System.nanoTime() - QUIET_NANOS;

  Flusher(SegmentSet segments, StorageState state) {
    this.segments = segments;
    this.state = state;
  }

  /**
   * Starts the thread that writes sealed segments.
   *
   * @param release told after each flush
   */
  void start(Release release) {
    this.release = release;
    thread = LongLived.start("flush", this::run);
  }

  private void run() {
    boolean open = true;
    while (open) {
      try {
        open = flushNext();
      } catch (RuntimeException | Error ex) {
        // The log waits for this thread when memory is full, so it must survive every failure.
        LastResort.endIfFatal(ex);
        pause();
      }
    }
  }

  /** Waits for a sealed segment and writes it; false when the storage is being closed. */
  private boolean flushNext() {
    ActiveSegment sealed = state.nextSealed();
    if (sealed == null) {
      return false;
    }
    try {
      flush(sealed);
    } catch (IOException | RuntimeException | Error ex) {
      LastResort.endIfFatal(ex);
      if (state.flushFailed(ex)) {
        LOG.error("Records could not be written to segments; retrying until it works", ex);
      }
      pause();
    }
    return true;
  }

  private void pause() {
    try {
      boolean _ = closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Writes a sealed segment to disk, one file for each partition, and replaces it by them in one
   * step for scans.
   */
  void flush(ActiveSegment sealed) throws IOException {
    List<SegmentHandle> added = new ArrayList<>();
    try {
      for (Map.Entry<String, Partitions.Rows> entry :
          Partitions.split(sealed.batches()).entrySet()) {
        Partitions.Rows rows = entry.getValue();
        added.add(segments.write(entry.getKey(), sealed.lastSequence(), rows.batches, rows.keep));
      }
    } catch (IOException | RuntimeException | Error ex) {
      segments.discard(added);
      throw ex;
    }
    change(List.of(), added, sealed);
    lastFlush = System.nanoTime();
    try {
      release.upTo(sealed.lastSequence());
    } catch (IOException ex) {
      // Its records are in segments; the next release tries again.
      LOG.warn("A file of the write-ahead log could not be deleted", ex);
    }
  }

  /** Replaces segments by others; durable and visible to scans when it returns. */
  void change(List<SegmentHandle> removed, List<SegmentHandle> added) throws IOException {
    change(removed, added, null);
  }

  private void change(
      List<SegmentHandle> removed, List<SegmentHandle> added, @Nullable ActiveSegment sealed)
      throws IOException {
    changes.lock();
    try {
      List<SegmentHandle> after =
          segments.replaced(removed, added, (sealed != null) ? sealed.lastSequence() : 0);
      state.show(after, sealed);
    } finally {
      changes.unlock();
    }
    removed.forEach(SegmentHandle::deleteWhenUnused);
    removed.forEach(SegmentHandle::release);
  }

  /** Runs work while no segment is added or removed. */
  void whileUnchanged(Work work) throws IOException {
    changes.lock();
    try {
      work.run(segments);
    } finally {
      changes.unlock();
    }
  }

  /** Work on segments that do not change meanwhile. */
  @FunctionalInterface
  interface Work {

    void run(SegmentSet segments) throws IOException;
  }

  /** Whether nothing was flushed for a while. */
  boolean isQuiet() {
    return System.nanoTime() - lastFlush > QUIET_NANOS;
  }

  /**
   * Ends the thread and writes what is left in memory. What cannot be written, because the disk is
   * full for example, stays in the write-ahead log for the next start.
   */
  void close() {
    closed.countDown();
    Thread running = thread;
    if (running != null) {
      Threads.join(running);
    }
    try {
      for (ActiveSegment sealed : state.sealRest()) {
        flush(sealed);
      }
    } catch (IOException ex) {
      LOG.warn("Records stay in the write-ahead log and are read from there at the next start", ex);
    }
  }
}
