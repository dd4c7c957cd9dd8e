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

/** Writes parts to segments, on a thread of its own, and makes changes of the segments. */
final class Flusher {

  /** After a flush failed it is tried again: soon, because the log is held back meanwhile. */
  private static final long RETRY_MILLIS = 1_000;

  /**
   * So long after a flush a server counts as quiet. A flush comes every half second at full load.
   */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);

  /** Hears that the frames of the log up to a sequence are in segments. */
  @FunctionalInterface
  interface Release {

    void upTo(long sequence) throws IOException;
  }

  private final SegmentSet segments;
  private final StorageState contents;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Orders changes of the segments: flush, merge, delete. */
  private final ReentrantLock changes = new ReentrantLock();

  private Release release = (sequence) -> {};
  private @Nullable Thread thread;

  /** When a part was last written to segments, by the system's timer. */
  private volatile long lastFlush = System.nanoTime() - QUIET_NANOS;

  Flusher(SegmentSet segments, StorageState contents) {
    this.segments = segments;
    this.contents = contents;
  }

  /** Begins to write the parts that are frozen. */
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
        // The log waits for this thread when memory is full: whatever happens to it, it goes on.
        LastResort.endIfFatal(ex);
        pause();
      }
    }
  }

  /** Writes the next part; false when the storage is being closed. */
  private boolean flushNext() {
    ActiveSegment part = contents.nextFrozen();
    if (part == null) {
      return false;
    }
    try {
      flush(part);
    } catch (IOException | RuntimeException | Error ex) {
      LastResort.endIfFatal(ex);
      if (contents.flushFailed(ex)) {
        LOG.error("Records could not be written to segments; tried again until it works", ex);
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
   * Writes a part to segments, one for each partition, and takes it out of memory in the moment
   * they are seen.
   */
  void flush(ActiveSegment part) throws IOException {
    List<SegmentHandle> added = new ArrayList<>();
    try {
      for (Map.Entry<String, Partitions.Rows> entry : Partitions.split(part.batches()).entrySet()) {
        Partitions.Rows rows = entry.getValue();
        added.add(segments.write(entry.getKey(), part.lastSequence(), rows.batches, rows.keep));
      }
    } catch (IOException | RuntimeException | Error ex) {
      segments.discard(added);
      throw ex;
    }
    change(List.of(), added, part);
    lastFlush = System.nanoTime();
    try {
      release.upTo(part.lastSequence());
    } catch (IOException ex) {
      // They are in segments: a file of the log that stays is given back with the next.
      LOG.warn("A file of the write-ahead log could not be deleted", ex);
    }
  }

  /** Replaces segments by others; durable and seen when it returns. */
  void change(List<SegmentHandle> removed, List<SegmentHandle> added) throws IOException {
    change(removed, added, null);
  }

  private void change(
      List<SegmentHandle> removed, List<SegmentHandle> added, @Nullable ActiveSegment part)
      throws IOException {
    changes.lock();
    try {
      List<SegmentHandle> after =
          segments.replaced(removed, added, (part != null) ? part.lastSequence() : 0);
      contents.show(after, part);
    } finally {
      changes.unlock();
    }
    removed.forEach(SegmentHandle::deleteWhenUnused);
    removed.forEach(SegmentHandle::release);
  }

  /** Does something while no segment comes or goes. */
  void whileUnchanged(Work work) throws IOException {
    changes.lock();
    try {
      work.run(segments);
    } finally {
      changes.unlock();
    }
  }

  /** What is done with segments that do not change meanwhile. */
  @FunctionalInterface
  interface Work {

    void run(SegmentSet segments) throws IOException;
  }

  /** Whether no part was written for a while. */
  boolean isQuiet() {
    return System.nanoTime() - lastFlush > QUIET_NANOS;
  }

  /**
   * Ends the thread and writes what is left. What cannot be written, the disk being full, is in the
   * write-ahead log for the next start.
   */
  void close() {
    closed.countDown();
    Thread running = thread;
    if (running != null) {
      Threads.join(running);
    }
    try {
      for (ActiveSegment part : contents.rest()) {
        flush(part);
      }
    } catch (IOException ex) {
      LOG.warn("Records stay in the write-ahead log and are read from there at the next start", ex);
    }
  }
}
