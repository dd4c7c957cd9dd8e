package io.logcaster.pipeline;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * Hands items from two producers to one consumer through the buffer, and through a lock-free queue
 * of the same contract.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Group)
public class BenchmarkBoundedBuffer {

  private static final long ITEM = 1_000;

  private static final long CAPACITY = 64 * ITEM;

  @Param({"lock", "lockFree"})
  public String kind = "lock";

  private BoundedBuffer<Object> locked = new BoundedBuffer<>(CAPACITY);

  private LockFreeBuffer<Object> lockFree = new LockFreeBuffer<>();

  @Setup
  public void open() {
    locked = new BoundedBuffer<>(CAPACITY);
    lockFree = new LockFreeBuffer<>();
  }

  /** Retries offer: a blocking put could not be ended together with the measurement. */
  @Benchmark
  @Group("pass")
  @GroupThreads(2)
  public void produce(Control control) {
    while (!(kind.equals("lock") ? locked.offer(this, ITEM) : lockFree.offer(this, ITEM))) {
      if (control.stopMeasurement) {
        return;
      }
      Thread.onSpinWait();
    }
  }

  @Benchmark
  @Group("pass")
  @GroupThreads(1)
  public void consume(Control control) throws InterruptedException {
    boolean lock = kind.equals("lock");
    while ((lock ? locked.size() : lockFree.size()) == 0) {
      if (control.stopMeasurement) {
        return;
      }
      Thread.onSpinWait();
    }
    if (lock) {
      locked.take();
      locked.release(ITEM);
    } else {
      lockFree.take();
      lockFree.release(ITEM);
    }
  }

  /**
   * The alternative: a linked queue, the bytes in an atomic number, waiting by parking in short
   * steps.
   */
  private static final class LockFreeBuffer<T> {

    private final ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    boolean offer(T item, long itemBytes) {
      long held;
      do {
        held = bytes.get();
        if (held != 0 && held + itemBytes > CAPACITY) {
          return false;
        }
      } while (!bytes.compareAndSet(held, held + itemBytes));
      queue.add(item);
      return true;
    }

    T take() {
      T item;
      while ((item = queue.poll()) == null) {
        LockSupport.parkNanos(50_000);
      }
      return item;
    }

    int size() {
      return queue.isEmpty() ? 0 : 1;
    }

    void release(long itemBytes) {
      bytes.addAndGet(-itemBytes);
    }
  }
}
