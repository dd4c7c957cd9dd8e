package io.logcaster.storage.wal;

import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The encoded batches that wait for the log's thread, bounded by bytes. Safe for use by many
 * threads at once.
 */
final class WaitingBatches {

  /** Bytes of frames that may wait for the disk: a few times the size of a group at full load. */
  private static final long MAX_BYTES = 16 << 20;

  /** A batch with the future of its sender. */
  static final class Waiting {

    final RecordBatch batch;
    final BatchCodec.Encoded encoded;
    final byte[] mark;
    final CompletableFuture<Void> done = new CompletableFuture<>();

    /** Assigned when the batch is written. */
    long sequence;

    Waiting(RecordBatch batch, BatchCodec.Encoded encoded) {
      this.batch = batch;
      this.encoded = encoded;
      this.mark = WalFormat.mark(batch);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  /**
   * Adds a batch; blocks while too many bytes are waiting.
   *
   * @throws IOException if the log is closed
   */
  void add(Waiting entry) throws IOException {
    lock.lock();
    try {
      while (bytes > 0 && bytes + entry.encoded.end > MAX_BYTES && !closed) {
        room.awaitUninterruptibly();
      }
      if (closed) {
        throw new IOException("The storage is closed");
      }
      waiting.addLast(entry);
      bytes += entry.encoded.end;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves all waiting batches to a group; blocks until there is one, the log is closed or the
   * deadline passes.
   *
   * @param deadline of {@link System#nanoTime}, 0 for none
   * @return false when the log is closed and drained
   */
  boolean take(List<Waiting> group, long deadline) {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return false;
        }
        if (deadline != 0) {
          long left = deadline - System.nanoTime();
          if (left <= 0 || filled.awaitNanos(left) <= 0) {
            return true;
          }
        } else {
          filled.await();
        }
      }
      group.addAll(waiting);
      waiting.clear();
      bytes = 0;
      room.signalAll();
      return true;
    } catch (InterruptedException ex) {
      // An interrupt does not end the log's thread; closing the log does.
      return true;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses further batches; waiting ones can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
