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
 * Evaluates the queries of some groups, in rounds: what arrived since the last round is shown to
 * each group at once, so that a busy server costs each connection a few large writes a second
 * instead of one for every batch.
 */
final class TailWorker implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(TailWorker.class);

  /** A round begins at most this often: what a reader still takes for at once. */
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How long the worker sleeps at most, and so how late a heartbeat may be. */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Batches beyond this are left out and counted. They are shared, so most of it is no extra. */
  static final long MAX_WAITING_BYTES = 16 << 20;

  /** With this much waiting a round begins early. */
  private static final long PRESSING_BYTES = MAX_WAITING_BYTES / 4;

  private final long heartbeatNanos;
  private final List<TailGroup> groups = new CopyOnWriteArrayList<>();
  private final RecordJson json = new RecordJson();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private List<RecordBatch> waiting = new ArrayList<>();
  private long waitingBytes;
  private long missed;
  private boolean closed;

  TailWorker(long heartbeatNanos) {
    this.heartbeatNanos = heartbeatNanos;
  }

  List<TailGroup> groups() {
    return groups;
  }

  /** Queues a batch, or counts its records where too much waits already. Does not block. */
  void offer(RecordBatch batch) {
    if (groups.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      if (waitingBytes > 0 && waitingBytes + batch.memoryBytes() > MAX_WAITING_BYTES) {
        missed += batch.size();
        return;
      }
      waiting.add(batch);
      waitingBytes += batch.memoryBytes();
      if (waiting.size() == 1 || waitingBytes >= PRESSING_BYTES) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
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
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A failure costs a round its records, not the readers of this worker their tail. */
  private void roundOrGoOn(long now) {
    try {
      round(now);
    } catch (RuntimeException | Error e) {
      LOG.error("A round of the live tail failed; its readers miss some records", e);
    }
  }

  /** Waits for something to do and for the next round's time; false when the worker is closed. */
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

  /** Shows what waits to every group, and sends on. */
  void round(long nanoTime) {
    List<RecordBatch> batches;
    long left;
    lock.lock();
    try {
      batches = waiting;
      left = missed;
      waiting = new ArrayList<>();
      waitingBytes = 0;
      missed = 0;
    } finally {
      lock.unlock();
    }
    for (TailGroup group : groups) {
      show(batches, group);
      if (left > 0) {
        group.miss(left);
      }
      for (TailSubscriber subscriber : group.subscribers()) {
        subscriber.beatAfter(heartbeatNanos, nanoTime);
        subscriber.drain(nanoTime);
      }
    }
  }

  /** A filter that fails must not cost the other groups their records. */
  private void show(List<RecordBatch> batches, TailGroup group) {
    try {
      group.show(batches, json);
    } catch (RuntimeException | Error e) {
      LastResort.endIfFatal(e);
      json.take();
      group.miss(batches.stream().mapToLong(RecordBatch::size).sum());
      LOG.error(
          "The tail of '{}' failed; its readers miss some records",
          Printable.line(group.key().query()),
          e);
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
