package io.logcaster.storage.segment.bytes;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps what is dear to make for the next who needs it: at most a fixed number, however many
 * threads come, which a thread local could not promise where threads are virtual.
 */
public final class Pool<T> {

  private final Supplier<T> maker;

  private final Consumer<T> closer;

  private final ArrayBlockingQueue<T> idle;

  public Pool(Supplier<T> maker, Consumer<T> closer, int capacity) {
    this.maker = maker;
    this.closer = closer;
    idle = new ArrayBlockingQueue<>(capacity);
  }

  /** One that nobody else uses until it is given back. */
  public T take() {
    T found = idle.poll();
    return (found != null) ? found : maker.get();
  }

  public void give(T thing) {
    if (!idle.offer(thing)) {
      closer.accept(thing);
    }
  }
}
