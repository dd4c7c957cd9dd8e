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
 * <p>The bytes of an item count from the moment it is put until they are {@linkplain #release
 * released}, which is later than it is taken: an item that waits for the disk still fills the
 * memory. An item larger than the whole capacity is let in when nothing else is there, so that it
 * can pass at all.
 *
 * <p>One lock and two conditions. Items are batches of up to thousands of records, so a few
 * thousand pass a second at the most; this buffer passes 370,000 a second on two cores. A lock-free
 * queue passes 2.8 million ({@code BenchmarkBoundedBuffer}), but can wait only by polling, which
 * costs processor time all day or delays every first record after a pause.
 *
 * @param <T> the items
 */
public final class BoundedBuffer<T> {

  private record Entry<T>(T item, long bytes) {}

  private final long capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Entry<T>> entries = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  /**
   * Makes an empty buffer.
   *
   * @param capacity how many bytes the items may hold together, at least 1
   */
  public BoundedBuffer(long capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity is " + capacity + ", but must be at least 1");
    }
    this.capacity = capacity;
  }

  /**
   * Puts an item, waiting for room.
   *
   * @return false where the buffer is closed and the item was not put
   */
  public boolean put(T item, long itemBytes) throws InterruptedException {
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
  public boolean offer(T item, long itemBytes) {
    lock.lock();
    try {
      return fits(itemBytes) && add(item, itemBytes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts several items if there is room for all of them now, or none.
   *
   * <p>They count as half of the capacity at the most, so that a large request gets in beside many
   * small ones; what is beyond that is in memory already.
   *
   * @param admitted called once it is certain that they are put, before they can be taken; must not
   *     block
   * @return whether they were put
   */
  public boolean offerAll(List<T> items, ToLongFunction<T> size, Runnable admitted) {
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
   * Takes the oldest item, waiting for one. Its bytes stay counted until they are {@linkplain
   * #release released}.
   *
   * @return the item, or null when the buffer is closed and drained
   */
  public @Nullable T take() throws InterruptedException {
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

  /** Gives back the room of an item that was taken and is held no longer. */
  public void release(long itemBytes) {
    lock.lock();
    try {
      bytes -= itemBytes;
      // Waiting items differ in size: the first in line may not fit where a later one does.
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets nothing more in. What is inside can still be taken; those who wait for room are sent away.
   */
  public void close() {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes the items hold that were put and not yet released. */
  public long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** How many items wait to be taken. */
  public int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  public long capacity() {
    return capacity;
  }
}
