package io.logcaster.sink;

import io.logcaster.pipeline.BatchListener;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the write-ahead log of storages that have none. Holds stored batches in memory,
 * bounded by bytes, until all followers have read them; the storage waits when it is full.
 * Sequences continue from the time of the start, so that they grow over restarts.
 */
final class MemoryBatchLog implements BatchLog, BatchListener {

  private static final long MAX_BYTES = 8L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final List<Reader> readers = new ArrayList<>();
  private final long maxBytes;
  private long bytes;
  private long head;
  private volatile @Nullable Runnable listener;

  MemoryBatchLog(long startMillis) {
    this(startMillis, MAX_BYTES);
  }

  MemoryBatchLog(long startMillis, long maxBytes) {
    this.head = startMillis;
    this.maxBytes = maxBytes;
  }

  private final class Reader implements Cursor {

    private long after;

    Reader(long after) {
      this.after = after;
    }

    @Override
    public @Nullable Entry next() {
      lock.lock();
      try {
        for (Entry entry : entries) {
          if (entry.sequence() > after) {
            after = entry.sequence();
            return entry;
          }
        }
        trim();
        return null;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        readers.remove(this);
        trim();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Forgets what all readers have passed on, which they say by asking for more. */
  private void trim() {
    long least = readers.stream().mapToLong((reader) -> reader.after).min().orElse(head);
    while (!entries.isEmpty() && entries.getFirst().sequence() <= least) {
      bytes -= entries.removeFirst().batch().memoryBytes();
      room.signalAll();
    }
  }

  @Override
  public void stored(RecordBatch batch) {
    lock.lock();
    try {
      head++;
      if (readers.isEmpty()) {
        return;
      }
      entries.add(new Entry(batch, head));
      bytes += batch.memoryBytes();
      Runnable told = listener;
      if (told != null) {
        told.run();
      }
      while (bytes > maxBytes && !readers.isEmpty()) {
        trim();
        if (bytes > maxBytes && !room.await(1, TimeUnit.SECONDS) && told != null) {
          told.run();
        }
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long head() {
    lock.lock();
    try {
      return head;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Cursor follow(long after) {
    lock.lock();
    try {
      Reader reader = new Reader(after);
      readers.add(reader);
      return reader;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onAppend(@Nullable Runnable told) {
    listener = told;
  }
}
