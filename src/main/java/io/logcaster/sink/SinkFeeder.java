package io.logcaster.sink;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchLog;
import io.logcaster.storage.RowFilter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the records that a sink wants from the write-ahead log into its queue, on a thread of its
 * own. It reads the log from disk, so whatever holds it up costs no memory and holds up nobody
 * else; the log keeps its files until they are read.
 */
final class SinkFeeder implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(SinkFeeder.class);

  /**
   * How often the queue is synced while it grows. After a power failure, this much is read from the
   * log again, and may be sent twice.
   */
  private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A queue that cannot be written is tried again after this time. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final BatchLog log;
  private final SinkQueue queue;
  private final StoreReplay store;
  private final SinkCounters counters;
  private final Runnable added;
  private volatile RowFilter filter;
  private volatile WhenFull whenFull;
  private volatile boolean stopped;
  private volatile boolean blocked;
  private volatile @Nullable String trouble;
  private volatile @Nullable Thread thread;

  // Used by the thread only.
  private long synced = System.nanoTime();
  private long syncedFed;

  /**
   * @param added called after records were added to the queue
   */
  SinkFeeder(
      String name,
      BatchLog log,
      SinkQueue queue,
      StoreReplay store,
      RowFilter filter,
      WhenFull whenFull,
      SinkCounters counters,
      Runnable added) {
    this.name = name;
    this.log = log;
    this.queue = queue;
    this.store = store;
    this.filter = filter;
    this.whenFull = whenFull;
    this.counters = counters;
    this.added = added;
    this.syncedFed = queue.syncedFed();
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    long head = log.head();
    try {
      if (queue.fed() > head) {
        // The log was deleted, or another one put in its place.
        queue.restart(head);
      }
      replay();
      try (BatchLog.Cursor cursor = log.follow(queue.fed())) {
        follow(cursor);
      }
    } catch (IOException ex) {
      throw new IllegalStateException("The queue of sink " + name + " failed", ex);
    }
  }

  private void follow(BatchLog.Cursor cursor) throws IOException {
    while (!stopped) {
      replay();
      BatchLog.Entry entry = next(cursor);
      if (entry != null) {
        RecordBatch wanted = wanted(entry.batch());
        if (wanted.size() > 0) {
          place(wanted, entry.sequence());
        }
        if (!stopped) {
          queue.passed(entry.sequence());
        }
      }
      boolean isSynced = syncIfDue();
      if (entry == null && !stopped) {
        if (isSynced) {
          LockSupport.park(this);
        } else {
          LockSupport.parkNanos(this, SYNC_NANOS);
        }
      }
    }
    queue.sync();
  }

  private BatchLog.@Nullable Entry next(BatchLog.Cursor cursor) throws IOException {
    try {
      return cursor.next();
    } catch (IOException ex) {
      LOG.warn("Sink {} misses a batch, which cannot be read from the log", name, ex);
      return cursor.next();
    }
  }

  /** Returns whether the queue is durable as far as it was fed. */
  private boolean syncIfDue() throws IOException {
    long fed = queue.fed();
    if (fed == syncedFed) {
      return true;
    }
    long now = System.nanoTime();
    if (now - synced < SYNC_NANOS) {
      return false;
    }
    queue.sync();
    synced = now;
    syncedFed = fed;
    return true;
  }

  private RecordBatch wanted(RecordBatch batch) {
    Bitmap rows = Bitmap.all(batch.size());
    try {
      filter.retain(batch, rows);
    } catch (RuntimeException | StackOverflowError ex) {
      // A failing filter must not lose records: send them all.
      LOG.warn("The filter of sink {} failed on a batch, which is sent whole", name, ex);
      rows = Bitmap.all(batch.size());
    }
    return batch.select(rows);
  }

  /** Adds records to the queue, or drops some, or waits, as the user chose. */
  private void place(RecordBatch batch, long sequence) {
    while (!stopped) {
      try {
        if (queue.add(batch, sequence)) {
          counters.queue(batch.size());
          trouble = null;
          added.run();
          return;
        }
        switch (whenFull) {
          case DROP_NEWEST -> {
            counters.drop(SinkCounters.QUEUE_FULL, batch.size());
            return;
          }
          case DROP_OLDEST -> counters.drop(SinkCounters.QUEUE_FULL, queue.dropOldest());
          case BLOCK -> {
            blocked = true;
            LockSupport.parkNanos(this, RETRY_NANOS);
            blocked = false;
          }
        }
      } catch (IOException ex) {
        report("The queue cannot be written: " + ex.getMessage(), ex);
        LockSupport.parkNanos(this, RETRY_NANOS);
      }
    }
  }

  /** Sends what the store has, if that was asked for. */
  private void replay() throws IOException {
    long[] range = queue.replay();
    if (range == null || stopped) {
      return;
    }
    try {
      store.run(range[0], range[1], filter, this::placeFromStore, queue::replay, () -> stopped);
      trouble = null;
    } catch (IOException ex) {
      report("The store cannot be read: " + ex.getMessage(), ex);
      LockSupport.parkNanos(this, RETRY_NANOS);
    }
  }

  /** What comes from the store can wait there, so it never makes others be dropped. */
  private void placeFromStore(RecordBatch batch) throws IOException {
    while (!stopped) {
      if (queue.add(batch, 0)) {
        counters.queue(batch.size());
        added.run();
        return;
      }
      LockSupport.parkNanos(this, RETRY_NANOS);
    }
  }

  private void report(String what, Exception cause) {
    if (!what.equals(trouble)) {
      LOG.warn("Sink {}: {}", name, what, cause);
    }
    trouble = what;
  }

  /** There may be something to do: batches in the log, or room in the queue. */
  void wake() {
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
    }
  }

  /** Applies from the next batch on. */
  void change(RowFilter newFilter, WhenFull newWhenFull) {
    filter = newFilter;
    whenFull = newWhenFull;
    wake();
  }

  /** Whether a full queue makes it wait. */
  boolean isBlocked() {
    return blocked;
  }

  /** Why the queue cannot be filled at present; null if it can. */
  @Nullable String trouble() {
    return trouble;
  }

  /** Ends {@link #run} soon. */
  void stop() {
    stopped = true;
    wake();
  }
}
