package io.logcaster.query;

import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.exec.budget.Turn;
import io.logcaster.system.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Shares the processors among queries: who had the least of them goes first (least attained
 * service; L. Schrage, "The queue M/G/1 with feedback to lower priority queues", 1967). Nobody has
 * to know beforehand which query is short, and a short one never waits for long ones that came
 * before it, but for the blocks that they are reading.
 *
 * <p>All queries may begin. Those that have run for a while hold memory, so only the first few of
 * them go on; the others keep what little they have read and wait. Beyond the queue's length
 * queries are refused.
 */
final class QueryScheduler {

  /** What a query may have of the processors before it counts as a long one. */
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How often one who waits looks whether its client is still there. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /**
   * Who read no block for so long waits for something else, such as a client that reads slowly, and
   * is in nobody's way.
   */
  private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final int concurrency;

  private final int queue;

  private final int processors;

  private final Duration patience;

  private final LongSupplier nanoTime;

  private final LongSupplier processorTime;

  /** What each thread worked for since its last turn. */
  @SuppressWarnings("ThreadLocalUsage") // a server has one scheduler
  private final ThreadLocal<@Nullable Shift> shifts = new ThreadLocal<>();

  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();

  /** In the order in which they came. */
  private final List<Pass> active = new ArrayList<>();

  private volatile int count;

  /**
   * Creates a scheduler.
   *
   * @param concurrency how many long queries go on at once
   * @param queue how many more may be there
   * @param patience how long one waits
   * @param processors how many queries read blocks at the same time
   * @param nanoTime a clock that only goes forward
   * @param processorTime how long the calling thread has run, in nanoseconds
   */
  QueryScheduler(
      int concurrency,
      int queue,
      Duration patience,
      int processors,
      LongSupplier nanoTime,
      LongSupplier processorTime) {
    this.processorTime = processorTime;
    this.concurrency = concurrency;
    this.queue = queue;
    this.patience = patience;
    this.processors = Math.min(Math.max(2, processors), Math.max(1, concurrency));
    this.nanoTime = nanoTime;
  }

  /** Lets a query in, which has to {@link Pass#leave leave} in the end. */
  Pass enter() {
    lock.lock();
    try {
      if (active.size() >= concurrency + queue) {
        throw new ProblemException(
                HttpStatus.TOO_MANY_REQUESTS,
                "too_many_queries",
                "Too many queries run and wait at this moment. Ask again soon.")
            .header("Retry-After", "1");
      }
      Pass pass = new Pass(nanoTime.getAsLong());
      active.add(pass);
      count = active.size();
      return pass;
    } finally {
      lock.unlock();
    }
  }

  /** Queries that run and wait. */
  int active() {
    return count;
  }

  /**
   * Work of a thread for a query.
   *
   * @param began the thread's processor time when it began
   */
  private record Shift(Pass pass, long began) {}

  /** A query that was let in. */
  final class Pass implements Turn {

    /** What it had of the processors. */
    private final AtomicLong attained = new AtomicLong();

    /** When it last went on. */
    private volatile long lastTurn;

    /** How long it waited, and since when it waits; under the lock. */
    private long waited;

    private int waiting;

    private long waitingSince;

    private Pass(long arrived) {
      this.lastTurn = arrived;
    }

    @Override
    public void await(Runnable check) {
      long worked = processorTime.getAsLong();
      Shift last = shifts.get();
      if (last != null) {
        last.pass.used(worked - last.began);
      }
      if (count > processors) {
        awaitTurn(check);
      }
      lastTurn = nanoTime.getAsLong();
      shifts.set(new Shift(this, worked));
    }

    /** Counts what the query had of the processors. */
    void used(long nanos) {
      attained.addAndGet(nanos);
    }

    private void awaitTurn(Runnable check) {
      lock.lock();
      try {
        if (!isBehind(this)) {
          return;
        }
        begin();
        try {
          changed.signalAll();
          while (isBehind(this)) {
            endIfImpatient();
            long _ = changed.awaitNanos(LOOK_NANOS);
            check.run();
          }
        } catch (InterruptedException ex) {
          Thread.currentThread().interrupt();
          throw new QueryAbortedException(
              QueryAbortedException.CANCELLED, "The query was cancelled");
        } finally {
          end();
        }
      } finally {
        lock.unlock();
      }
    }

    private void endIfImpatient() {
      if (waitedNanos() > patience.toNanos()) {
        throw new QueryAbortedException(
            QueryAbortedException.BUSY, "Too many queries run at this moment. Ask again soon.");
      }
    }

    private void begin() {
      if (waiting++ == 0) {
        waitingSince = nanoTime.getAsLong();
      }
    }

    private void end() {
      if (--waiting == 0) {
        waited += nanoTime.getAsLong() - waitingSince;
      }
    }

    @Override
    public long waitedNanos() {
      lock.lock();
      try {
        return waited + ((waiting > 0) ? nanoTime.getAsLong() - waitingSince : 0);
      } finally {
        lock.unlock();
      }
    }

    /** Whether it would take its turn. */
    private boolean isBusy(long now) {
      return waiting > 0 || now - lastTurn < BUSY_NANOS;
    }

    /** Gives the place to others. */
    void leave() {
      lock.lock();
      try {
        active.remove(this);
        count = active.size();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Whether so many go before a query that it has to wait; under the lock. */
  private boolean isBehind(Pass pass) {
    long now = nanoTime.getAsLong();
    long own = pass.attained.get();
    int longBefore = 0;
    int before = 0;
    boolean passed = false;
    for (Pass other : active) {
      if (other.equals(pass)) {
        passed = true;
        if (own > SHORT_NANOS && ++longBefore > concurrency) {
          return true;
        }
        continue;
      }
      long attained = other.attained.get();
      if (attained > SHORT_NANOS && ++longBefore > concurrency) {
        continue;
      }
      if (!other.isBusy(now)) {
        continue;
      }
      if (attained < own || (attained == own && !passed)) {
        before++;
      }
    }
    return before >= processors;
  }
}
