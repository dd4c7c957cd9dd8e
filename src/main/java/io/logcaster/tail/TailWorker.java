package io.logcaster.tail;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordJson;
import io.logcaster.system.Printable;
import io.logcaster.work.LastResort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates the queries of some groups in rounds. Each round handles everything that arrived since
 * the last one, so that a busy server needs a few large writes per second and connection instead of
 * one per batch.
 */
final class TailWorker implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(TailWorker.class);

  /** Shortest time between two rounds; readers do not notice such a delay. */
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** The longest time the worker sleeps, and so the largest delay of a heartbeat. */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /**
   * Batches beyond this are dropped and counted. Batches are shared, so most of this is not extra
   * memory.
   */
  static final long MAX_WAITING_BYTES = 16 << 20;

  /** A round starts early when this much is waiting. */
  private static final long PRESSING_BYTES = MAX_WAITING_BYTES / 4;

  private final long heartbeatNanos;
  private final List<TailGroup> groups = new CopyOnWriteArrayList<>();
  private final RecordJson json = new RecordJson();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private List<TailGroup.Offered> waiting = new ArrayList<>();
  private long waitingBytes;
  private long missed;
  private long missedTaken;
  private boolean closed;

  TailWorker(long heartbeatNanos) {
    this.heartbeatNanos = heartbeatNanos;
  }

  List<TailGroup> groups() {
    return groups;
  }

  /** Queues a batch, or counts its records as missed if too much is waiting. Does not block. */
  void offer(RecordBatch batch, boolean taken) {
    if (!shows(taken)) {
      return;
    }
    lock.lock();
    try {
      if (waitingBytes > 0 && waitingBytes + batch.memoryBytes() > MAX_WAITING_BYTES) {
        missed += taken ? 0 : batch.size();
        missedTaken += taken ? batch.size() : 0;
        return;
      }
      waiting.add(new TailGroup.Offered(batch, taken));
      waitingBytes += batch.memoryBytes();
      if (waiting.size() == 1 || waitingBytes >= PRESSING_BYTES) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean shows(boolean taken) {
    for (TailGroup group : groups) {
      if (group.key().taken().shows(taken)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void run() {
    try {
      long next = System.nanoTime();
      while (await(next)) {
        long now = System.nanoTime();
        next = now + ROUND_NANOS;
        roundOrGoOn(now);
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  /** A failed round loses its records, but the readers of this worker keep their tail. */
  private void roundOrGoOn(long now) {
    try {
      round(now);
    } catch (RuntimeException | Error ex) {
      LOG.error("A round of the live tail failed; its readers miss some records", ex);
    }
  }

  /** Waits for work and for the next round; returns false when the worker is closed. */
  private boolean await(long next) throws InterruptedException {
    lock.lock();
    try {
      long idle = IDLE_NANOS;
      while (!closed && waiting.isEmpty() && idle > 0) {
        idle = work.awaitNanos(idle);
      }
      long rest = next - System.nanoTime();
      while (!closed && rest > 0 && waitingBytes < PRESSING_BYTES) {
        rest = work.awaitNanos(rest);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Passes waiting batches to every group and sends the results. */
  void round(long nanoTime) {
    List<TailGroup.Offered> batches;
    long left;
    long leftTaken;
    lock.lock();
    try {
      batches = waiting;
      left = missed;
      leftTaken = missedTaken;
      waiting = new ArrayList<>();
      waitingBytes = 0;
      missed = 0;
      missedTaken = 0;
    } finally {
      lock.unlock();
    }
    for (TailGroup group : groups) {
      show(batches, group);
      TakenView view = group.key().taken();
      group.miss((view.shows(false) ? left : 0) + (view.shows(true) ? leftTaken : 0));
      for (TailSubscriber subscriber : group.subscribers()) {
        subscriber.beatAfter(heartbeatNanos, nanoTime);
        subscriber.drain(nanoTime);
      }
    }
  }

  /** A failing filter must not make other groups lose their records. */
  private void show(List<TailGroup.Offered> batches, TailGroup group) {
    try {
      group.show(batches, json);
    } catch (RuntimeException | Error ex) {
      LastResort.endIfFatal(ex);
      json.take();
      group.miss(
          batches.stream()
              .filter((offered) -> group.key().taken().shows(offered.taken()))
              .mapToLong((offered) -> offered.batch().size())
              .sum());
      LOG.error(
          "The tail of '{}' failed; its readers miss some records",
          Printable.line(group.key().query()),
          ex);
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
