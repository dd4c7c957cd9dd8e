package io.logcaster.alert.live;

import io.logcaster.record.RecordBatch;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Stored batches that wait to be counted, bounded in bytes. Thread-safe. */
final class LiveQueue {

  /** Batches are shared with other listeners, so most of this is not extra memory. */
  private static final long MAX_BYTES = 16 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<RecordBatch> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  /**
   * Adds a batch. If there is no room, all that wait are dropped first.
   *
   * @return whether none was dropped
   */
  boolean add(RecordBatch batch) {
    lock.lock();
    try {
      boolean fits = bytes == 0 || bytes + batch.memoryBytes() <= MAX_BYTES;
      if (!fits) {
        waiting.clear();
        bytes = 0;
      }
      waiting.add(batch);
      bytes += batch.memoryBytes();
      work.signal();
      return fits;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a batch; returns null when the queue is closed and empty. */
  @Nullable RecordBatch next() {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return null;
        }
        work.awaitUninterruptibly();
      }
      RecordBatch batch = waiting.removeFirst();
      bytes -= batch.memoryBytes();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
