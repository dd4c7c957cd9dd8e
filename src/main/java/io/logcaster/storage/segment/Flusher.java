package io.logcaster.storage.segment;

import io.logcaster.storage.MessageObserver;
import io.logcaster.storage.segment.bytes.Threads;
import io.logcaster.work.LastResort;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.nio.file.Path;
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
 * Writes sealed segments from memory to disk on its own thread, and serializes all changes of the
 * set of segments.
 */
final class Flusher {

  /** The pause after a failed flush. It is short, because the log may be waiting. */
  private static final long RETRY_MILLIS = 1_000;

  /** A server without a flush for this long is quiet. At full load, one comes every half second. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);

  /** Called when segments contain all frames of the log up to a sequence. */
  @FunctionalInterface
  interface Release {

    void upTo(long sequence) throws IOException;
  }

  private final SegmentSet segments;
  private final StorageState state;
  private final MessageObserver observer;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Held for each change of the segments: flush, merge, delete. */
  private final ReentrantLock changes = new ReentrantLock();

  private Release release = (sequence) -> {};
  private @Nullable Thread thread;

  /** The {@link System#nanoTime} of the last flush. */
  private volatile long lastFlush = System.nanoTime() - QUIET_NANOS;

  Flusher(SegmentSet segments, StorageState state, MessageObserver observer) {
    this.segments = segments;
    this.state = state;
    this.observer = observer;
  }

  /**
   * Starts the thread that writes sealed segments.
   *
   * @param release called after each flush
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

  /** Waits for a sealed segment and writes it. Returns false if the storage is being closed. */
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
        LOG.error("Cannot write records to segments; retrying until it works", ex);
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
   * Writes a sealed segment to disk, one file per partition. Scans see the switch to these files as
   * one atomic step.
   */
  void flush(ActiveSegment sealed) throws IOException {
    List<SegmentHandle> added = new ArrayList<>();
    MessageObserver.Flush flush = observer.flush(sealed.lastSequence());
    try {
      for (Map.Entry<String, Partitions.Rows> entry :
          Partitions.split(sealed.batches()).entrySet()) {
        Partitions.Rows rows = entry.getValue();
        added.add(
            segments.write(entry.getKey(), sealed.lastSequence(), rows.batches, rows.keep, flush));
      }
    } catch (IOException | RuntimeException | Error ex) {
      segments.discard(added);
      throw ex;
    }
    change(List.of(), added, sealed, flush);
    lastFlush = System.nanoTime();
    try {
      release.upTo(sealed.lastSequence());
    } catch (IOException ex) {
      // The records of that file are in segments; the next release tries again.
      LOG.warn("Cannot delete a file of the write-ahead log", ex);
    }
  }

  /** Replaces segments. The change is durable and visible to scans when this returns. */
  List<SegmentHandle> change(List<SegmentHandle> removed, List<SegmentHandle> added)
      throws IOException {
    change(removed, added, null, MessageObserver.Flush.NONE);
    return added;
  }

  private void change(
      List<SegmentHandle> removed,
      List<SegmentHandle> added,
      @Nullable ActiveSegment sealed,
      MessageObserver.Flush flush)
      throws IOException {
    changes.lock();
    try {
      List<SegmentHandle> after =
          segments.replaced(removed, added, (sealed != null) ? sealed.lastSequence() : 0);
      // Under the lock, because a merge would hide from the observer what was flushed last, and
      // first, so that whoever waits for the flush finds what the observer has learned.
      flush.committed();
      state.show(after, sealed);
    } finally {
      changes.unlock();
    }
    removed.forEach(SegmentHandle::deleteWhenUnused);
    removed.forEach(SegmentHandle::release);
  }

  /** Runs work while the set of segments cannot change. */
  void whileUnchanged(Work work) throws IOException {
    changes.lock();
    try {
      work.run(segments);
    } finally {
      changes.unlock();
    }
  }

  /** Writes what the observer has learned to files in a directory. */
  void copyLearned(Path target) throws IOException {
    whileUnchanged((set) -> observer.snapshot(target));
  }

  /** Work on a set of segments that does not change meanwhile. */
  @FunctionalInterface
  interface Work {

    void run(SegmentSet segments) throws IOException;
  }

  /** Whether there was no flush for a while. */
  boolean isQuiet() {
    return System.nanoTime() - lastFlush > QUIET_NANOS;
  }

  /**
   * Ends the thread and writes what is left in memory. If that fails, for example on a full disk,
   * the records stay in the write-ahead log until the next start.
   *
   * @param canWrite whether there is anything to write to
   */
  void close(boolean canWrite) {
    closed.countDown();
    Thread running = thread;
    if (running != null) {
      Threads.join(running);
    }
    if (!canWrite) {
      return;
    }
    try {
      for (ActiveSegment sealed : state.sealRest()) {
        flush(sealed);
      }
    } catch (IOException ex) {
      LOG.warn(
          "Records stay in the write-ahead log until the next start, which reads them from there",
          ex);
    }
  }
}
