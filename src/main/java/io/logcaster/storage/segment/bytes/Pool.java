package io.logcaster.storage.segment.bytes;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A pool of expensive objects. It keeps at most a fixed number of idle objects, however many
 * threads use it; a thread-local would keep one for each virtual thread. Thread-safe.
 */
public final class Pool<T> {

  private final Supplier<T> maker;

  private final Consumer<T> closer;

  private final ArrayBlockingQueue<T> idle;

  /**
   * An empty pool.
   *
   * @param capacity the number of idle objects to keep
   */
  public Pool(Supplier<T> maker, Consumer<T> closer, int capacity) {
    this.maker = maker;
    this.closer = closer;
    idle = new ArrayBlockingQueue<>(capacity);
  }

  /** Takes an idle object or creates one. The caller owns it until {@link #give}. */
  public T take() {
    T found = idle.poll();
    return (found != null) ? found : maker.get();
  }

  /** Returns an object to the pool, or closes it if the pool is full. */
  public void give(T object) {
    if (!idle.offer(object)) {
      closer.accept(object);
    }
  }
}
