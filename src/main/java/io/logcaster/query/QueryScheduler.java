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
 * Shares the processors among queries: the one that has used them least goes first (least attained
 * service; L. Schrage, "The queue M/G/1 with feedback to lower priority queues", 1967). It need not
 * be known beforehand which query is short, and a short one waits for earlier long ones only until
 * they have read their current blocks.
 *
 * <p>All queries may begin. Those that have run for a while hold memory, so only the first few of
 * them continue; the others keep the little that they have read, and wait. When the queue is full,
 * queries are refused.
 */
final class QueryScheduler {

  /** The processor time after which a query counts as long. */
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How often a waiting query checks that its client is still there. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /**
   * A query that has read no block for so long waits for something else, such as a slow client, and
   * does not hold up others.
   */
  private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final int concurrency;

  private final int queue;

  private final int processors;

  private final Duration patience;

  private final LongSupplier nanoTime;

  private final LongSupplier processorTime;

  /** The query that each thread has worked for since its last turn. */
  @SuppressWarnings("ThreadLocalUsage") // a server has one scheduler
  private final ThreadLocal<@Nullable Shift> shifts = new ThreadLocal<>();

  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();

  /** The admitted queries, in the order of arrival. */
  private final List<Pass> active = new ArrayList<>();

  private volatile int count;

  /**
   * Creates a scheduler.
   *
   * @param concurrency how many long queries run at once
   * @param queue how many more may be admitted
   * @param patience how long a query waits at most
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

  /** Admits a query, which must {@link Pass#leave leave} in the end. */
  Pass enter() {
    lock.lock();
    try {
      if (active.size() >= concurrency + queue) {
        throw new ProblemException(
                HttpStatus.TOO_MANY_REQUESTS,
                "too_many_queries",
                "Too many queries are running and waiting. Try again soon.")
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

  /** The number of queries that run or wait. */
  int active() {
    return count;
  }

  /**
   * Work of a thread for a query.
   *
   * @param began the thread's processor time when it began
   */
  private record Shift(Pass pass, long began) {}

  /** An admitted query. */
  final class Pass implements Turn {

    /** The processor time that the query has used. */
    private final AtomicLong attained = new AtomicLong();

    /** When the query last continued. */
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

    /** Adds to the processor time that the query has used. */
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
            QueryAbortedException.BUSY, "Too many queries are running. Try again soon.");
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

    /** Whether the query would use its turn. */
    private boolean isBusy(long now) {
      return waiting > 0 || now - lastTurn < BUSY_NANOS;
    }

    /** Ends the query's admission. */
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

  /** Whether enough queries have precedence that this one has to wait; under the lock. */
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
