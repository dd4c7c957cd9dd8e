package io.logcaster.query.exec.budget;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory that the queries of a server share, so that many together do not take what one alone may
 * have. Safe for use by many threads at once.
 */
public final class MemoryPool {

  private final long capacity;

  private final AtomicLong used = new AtomicLong();

  /**
   * Makes a pool.
   *
   * @param capacity bytes
   */
  public MemoryPool(long capacity) {
    this.capacity = capacity;
  }

  void reserve(long bytes) {
    if (!tryReserve(bytes)) {
      throw new QueryAbortedException(
          QueryAbortedException.BUSY,
          "The queries that run hold the "
              + (capacity >> 20)
              + " MB that all together may use. Ask again soon, or give the server more memory");
    }
  }

  /** Counts only what there is room for, so that one who is refused takes it from nobody else. */
  private boolean tryReserve(long bytes) {
    long held = used.get();
    while (bytes <= 0 || held + bytes <= capacity) {
      if (used.compareAndSet(held, held + bytes)) {
        return true;
      }
      held = used.get();
    }
    return false;
  }

  void release(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Bytes that may be held. */
  public long capacity() {
    return capacity;
  }

  /** Bytes that queries hold at the moment. */
  public long used() {
    return used.get();
  }
}
