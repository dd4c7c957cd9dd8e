package io.logcaster.pipeline;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A first-in, first-out queue bounded by the bytes that its items hold, for many producers and
 * consumers.
 *
 * <p>An item's bytes count from the moment it is put until they are {@linkplain #release released},
 * which is later than it is taken: an item that waits for the disk still occupies memory. An item
 * larger than the whole capacity is accepted when the buffer is empty, so that it can pass at all.
 *
 * <p>One lock and two conditions. Items are batches of up to thousands of records, so at most a few
 * thousand pass per second; this buffer passes 370,000 per second on two cores. A lock-free queue
 * passes 2.8 million ({@code BenchmarkBoundedBuffer}), but can only wait by polling, which costs
 * processor time all day or delays the first record after every pause.
 *
 * @param <T> the items
 */
final class BoundedBuffer<T> {

  private record Entry<T>(T item, long bytes) {}

  private final long capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Entry<T>> entries = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  /**
   * Creates an empty buffer.
   *
   * @param capacity how many bytes the items may hold in total, at least 1
   */
  BoundedBuffer(long capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity is " + capacity + ", but must be at least 1");
    }
    this.capacity = capacity;
  }

  /**
   * Puts an item, waiting for room.
   *
   * @return false if the buffer is closed and the item was not put
   */
  boolean put(T item, long itemBytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && !fits(itemBytes)) {
        room.await();
      }
      return add(item, itemBytes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts an item if there is room now.
   *
   * @return whether it was put
   */
  boolean offer(T item, long itemBytes) {
    lock.lock();
    try {
      return fits(itemBytes) && add(item, itemBytes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts several items if there is room for all of them now; otherwise puts none.
   *
   * <p>For this check they count as at most half of the capacity, so that a large request can
   * compete with many small ones; its bytes are in memory already.
   *
   * @param admitted called when it is certain that they will be put and before they can be taken;
   *     must not block
   * @return whether they were put
   */
  boolean offerAll(List<T> items, ToLongFunction<T> size, Runnable admitted) {
    long total = items.stream().mapToLong(size).sum();
    lock.lock();
    try {
      if (closed || !fits(Math.min(total, capacity / 2))) {
        return false;
      }
      admitted.run();
      for (T item : items) {
        add(item, size.applyAsLong(item));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(long itemBytes) {
    return bytes == 0 || bytes + itemBytes <= capacity;
  }

  private boolean add(T item, long itemBytes) {
    if (closed) {
      return false;
    }
    entries.addLast(new Entry<>(item, itemBytes));
    bytes += itemBytes;
    filled.signal();
    return true;
  }

  /**
   * Takes the oldest item, waiting for one. Its bytes count until they are {@linkplain #release
   * released}.
   *
   * @return the item, or null when the buffer is closed and drained
   */
  @Nullable T take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (entries.isEmpty()) {
        if (closed) {
          return null;
        }
        filled.await();
      }
      return entries.removeFirst().item();
    } finally {
      lock.unlock();
    }
  }

  /**
   * As {@link #take}, but waits no longer than some time.
   *
   * @return the item; null when none came in time, or the buffer is {@linkplain #isDrained drained}
   */
  @Nullable T poll(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (entries.isEmpty()) {
        if (closed || left <= 0) {
          return null;
        }
        left = filled.awaitNanos(left);
      }
      return entries.removeFirst().item();
    } finally {
      lock.unlock();
    }
  }

  /** Whether no item is inside, and none will come. */
  boolean isDrained() {
    lock.lock();
    try {
      return closed && entries.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Releases the bytes of an item that was taken and is no longer held. */
  void release(long itemBytes) {
    lock.lock();
    try {
      bytes -= itemBytes;
      // Waiting items differ in size: a later one may fit where the first does not.
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Accepts no further items. Items inside can still be taken; waiting producers give up. */
  void close() {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The bytes of the items that were put and not yet released. */
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** The number of items that wait to be taken. */
  int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  long capacity() {
    return capacity;
  }
}
