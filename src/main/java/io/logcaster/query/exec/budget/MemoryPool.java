package io.logcaster.query.exec.budget;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all queries of a server share, so that many queries together stay bounded.
 * Thread-safe.
 */
public final class MemoryPool {

  private final long capacity;

  private final AtomicLong used = new AtomicLong();

  /**
   * Creates a pool.
   *
   * @param capacity how many bytes all queries may hold together
   */
  public MemoryPool(long capacity) {
    this.capacity = capacity;
  }

  void reserve(long bytes) {
    if (!tryReserve(bytes)) {
      throw new QueryAbortedException(
          QueryAbortedException.BUSY,
          "Running queries hold the "
              + (capacity >> 20)
              + " MB that all together may use. Ask again soon, or give the server more memory");
    }
  }

  /** Adds only if there is room, so that a refused query takes no memory from others. */
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
