package io.logcaster.ingest;

import io.logcaster.work.HeapShare;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds the heap that incoming data occupies before it enters the pipeline. All connections and
 * requests share it. While there is room, taking memory costs one atomic operation.
 *
 * <p>Waiters are served in order. To prevent deadlocks, a waiter must not hold memory of the same
 * part that others need to continue.
 */
public final class IngestMemory {

  /** Even in the smallest heap a few senders make progress in parallel. */
  private static final long SMALLEST = 4L << 20;

  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final IngestMemory BATCHES = new IngestMemory(HeapShare.DECODED.bytes());

  private static final IngestMemory MESSAGES = new IngestMemory(HeapShare.MESSAGES.bytes());

  private final long capacity;

  private final AtomicLong used = new AtomicLong();

  private final ReentrantLock lock = new ReentrantLock();

  /** The waiters, in order. */
  private final ArrayDeque<Condition> line = new ArrayDeque<>();

  private volatile int waiting;

  /**
   * Creates a separate part.
   *
   * @param capacity in bytes; values below 4 MB are raised to that
   */
  IngestMemory(long capacity) {
    this.capacity = Math.max(SMALLEST, capacity);
  }

  /** The part of this process's heap for open batches. */
  public static IngestMemory batches() {
    return BATCHES;
  }

  /** The part of this process's heap for long messages that are not complete. */
  public static IngestMemory messages() {
    return MESSAGES;
  }

  /**
   * Takes bytes unless that would exceed a share of the capacity.
   *
   * @param percent the share of the capacity, 1 to 100
   */
  public boolean tryTake(long bytes, int percent) {
    long most = capacity * percent / 100;
    long held = used.get();
    while (held + bytes <= most) {
      if (used.compareAndSet(held, held + bytes)) {
        return true;
      }
      held = used.get();
    }
    return false;
  }

  /**
   * Takes bytes, waiting for room. A request larger than the capacity is granted once nothing else
   * is held.
   */
  public void take(long bytes) throws InterruptedException {
    boolean _ = take(bytes, Long.MAX_VALUE);
  }

  /**
   * Takes bytes, waiting for room.
   *
   * @return false if no room became free in time
   */
  boolean take(long bytes, long nanos) throws InterruptedException {
    long wanted = Math.min(bytes, capacity);
    if (waiting == 0 && tryTake(wanted, 100)) {
      used.addAndGet(bytes - wanted);
      return true;
    }
    return await(wanted, bytes, nanos);
  }

  private boolean await(long wanted, long bytes, long nanos) throws InterruptedException {
    Condition own = lock.newCondition();
    long left = nanos;
    lock.lockInterruptibly();
    try {
      line.addLast(own);
      waiting = line.size();
      try {
        while (!own.equals(line.peekFirst()) || !tryTake(wanted, 100)) {
          if (left <= 0) {
            return false;
          }
          // Wake up regularly: a release may miss a waiter that is about to begin.
          long pause = Math.min(left, LONGEST_PAUSE_NANOS);
          left -= pause - Math.max(0, own.awaitNanos(pause));
        }
        used.addAndGet(bytes - wanted);
        return true;
      } finally {
        line.remove(own);
        waiting = line.size();
        signalFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Called under the lock. */
  private void signalFirst() {
    Condition next = line.peekFirst();
    if (next != null) {
      next.signal();
    }
  }

  /** Adds bytes that are already held, even if there is no room. */
  public void add(long bytes) {
    used.addAndGet(bytes);
    if (bytes < 0) {
      wake();
    }
  }

  /** Releases bytes. */
  public void release(long bytes) {
    if (bytes != 0) {
      add(-bytes);
    }
  }

  private void wake() {
    if (waiting > 0 && lock.tryLock()) {
      try {
        signalFirst();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Whether holders should release what they can. */
  public boolean isScarce() {
    return used.get() > capacity / 4 * 3;
  }

  /** Whether there are waiters. */
  public boolean isAwaited() {
    return waiting > 0;
  }

  /** The number of bytes held. */
  long used() {
    return used.get();
  }

  /** The maximum number of bytes held. */
  public long capacity() {
    return capacity;
  }
}
